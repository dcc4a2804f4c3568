import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eachDatabase } from '@ev/db/testing'
import { createLocalFileStore, createMemoryFileStore } from '@ev/runtime'
import { times } from '@ev/testing'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { anApi, bookingOf, type Caller, type TestApi } from '../testing/an-api.ts'

const place = '2026:11:25'

function photo({ width = 900, height = 600, type = 'jpeg' as 'jpeg' | 'png' | 'webp' } = {}): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#3a7' } })
    .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '18/1 31/1 12/1', GPSDateStamp: place } })
    .toFormat(type)
    .toBuffer()
}

eachDatabase((_name, makeDatabase) => {
  const files = createMemoryFileStore()
  let api: TestApi
  let staff: Caller
  let picture: Buffer
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database, {}, { files })
    staff = await api.aColleague('staff')
    picture = await photo()
  })
  const base = '/api/inventory/vehicle-images/'
  const add = (vehicle: { id: number }, fields: Record<string, string> = {}, content = picture, by = staff) =>
    api.http
      .post(base)
      .set('Authorization', by.authorization)
      .field({ vehicle: String(vehicle.id), ...fields })
      .attach('image', content, { filename: '../../x.png', contentType: 'image/svg+xml' })
  const change = (id: number, body: object) =>
    api.http.patch(`${base}${id}/`).set('Authorization', staff.authorization).send(body)
  const remove = (id: number, by = staff) => api.http.delete(`${base}${id}/`).set('Authorization', by.authorization)
  const read = async (id: number) => (await api.http.get(`/api/inventory/vehicles/${id}/`).expect(200)).body
  const keyOf = (url: string) => url.replace('/media/', '')
  const primaries = async (id: number) =>
    (await read(id)).images.filter((image: { is_primary: boolean }) => image.is_primary).length

  describe('a picture', () => {
    test('is made anew with a small one beside it, and anyone may see it', async () => {
      const vehicle = await api.aVehicle()
      const { body } = await add(vehicle, { alt_text: 'From the left' }).expect(201)
      expect(body).toEqual({
        id: expect.any(Number),
        vehicle: vehicle.id,
        image_url: expect.stringMatching(/^\/media\/vehicles\/[0-9a-f-]{36}\.webp$/),
        thumbnail_url: expect.stringMatching(/^\/media\/vehicles\/small\/[0-9a-f-]{36}\.webp$/),
        alt_text: 'From the left',
        is_primary: true,
        order: 0,
        width: 900,
        height: 600,
        created_at: expect.any(String),
        updated_at: expect.any(String),
      })
      const served = await api.http.get(body.image_url).expect(200)
      expect(served.headers).toMatchObject({
        'content-type': 'image/webp',
        'cache-control': 'public, max-age=31536000, immutable',
        'cross-origin-resource-policy': 'cross-origin',
        'x-content-type-options': 'nosniff',
      })
      expect((await sharp(served.body).metadata()).exif).toBeUndefined()
      expect(served.body.toString('latin1')).not.toContain(place)
      await api.http
        .get(body.image_url)
        .set('If-None-Match', served.headers['etag'] ?? '')
        .expect(304)
      const small = await sharp((await api.http.get(body.thumbnail_url).expect(200)).body).metadata()
      expect(small).toMatchObject({ format: 'webp', width: 400, height: 267 })
      expect(await read(vehicle.id)).toMatchObject({
        primary_image_url: body.image_url,
        image_count: 1,
        images: [{ id: body.id, image_url: body.image_url }],
      })
    })

    test.each(['jpeg', 'png', 'webp'] as const)('may be a %s of any size, and is scaled down', async (type) => {
      const vehicle = await api.aVehicle()
      const { body } = await add(vehicle, {}, await photo({ type, width: 3_200, height: 1_000 })).expect(201)
      expect(body).toMatchObject({ width: 1_600, height: 500 })
    })

    test.each([
      ['HTML', Buffer.from('<html><script>alert(1)</script>')],
      ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
      ['a PDF', Buffer.from('%PDF-1.7\n%%EOF')],
      ['a head without a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
      ['50,000 by 50,000 pixels', hugePng(50_000, 50_000)],
      ['nothing', Buffer.alloc(0)],
    ])('that is %s is refused and leaves nothing', async (_, content) => {
      const vehicle = await api.aVehicle()
      const before = files.keys()
      const { body } = await add(vehicle, {}, content).expect(400)
      expect(Object.keys(body.errors)).toEqual(['image'])
      expect(files.keys()).toEqual(before)
      expect((await read(vehicle.id)).image_count).toBe(0)
    })

    test('with a script behind it is served without the script', async () => {
      const vehicle = await api.aVehicle()
      const polyglot = Buffer.concat([picture, Buffer.from('<script>alert(1)</script>')])
      const { body } = await add(vehicle, {}, polyglot).expect(201)
      expect((await api.http.get(body.image_url)).body.toString('latin1')).not.toContain('<script>')
    })

    test('of more than 5 MB is a 413', async () => {
      const vehicle = await api.aVehicle()
      const large = Buffer.concat([picture, Buffer.alloc(5_000_001 - picture.length)])
      expect((await add(vehicle, {}, large).expect(413)).body.code).toBe('request.too_large')
    })

    test('needs a vehicle, a form, its file, and a login of staff', async () => {
      const vehicle = await api.aVehicle()
      const before = files.keys()
      expect((await add({ id: 999_999 }).expect(404)).body.code).toBe('vehicle.not_found')
      await api.post(base, staff, { vehicle: vehicle.id, image: 'x' }).expect(415)
      const none = api.http.post(base).set('Authorization', staff.authorization).field('vehicle', vehicle.id)
      expect((await none.expect(400)).body.errors).toEqual({ image: ['This field is required.'] })
      for (const [field, value] of [
        ['vehicle', 'x'],
        ['is_primary', 'maybe'],
        ['order', '-1'],
        ['order', '1e3'],
        ['alt_text', 'x'.repeat(201)],
      ] as const) {
        const { body } = await add(vehicle, { [field]: value }).expect(400)
        expect(Object.keys(body.errors)).toEqual([field])
      }
      await add(vehicle, {}, picture, await api.aMember()).expect(403)
      await api.http.post(base).field('vehicle', vehicle.id).attach('image', picture, 'x.jpg').expect(401)
      expect(files.keys()).toEqual(before)
    })

    test('whose transaction fails leaves no file', async () => {
      const vehicle = await api.aVehicle()
      const before = files.keys()
      const { put } = files
      // The vehicle goes while its picture is being stored.
      files.put = async (file) => {
        await put(file)
        await api.deps.db.transaction((tx) => tx.vehicle.deleteMany({ where: { id: vehicle.id } }))
      }
      try {
        expect((await add(vehicle).expect(404)).body.code).toBe('vehicle.not_found')
      } finally {
        files.put = put
      }
      expect(files.keys()).toEqual(before)
    })

    test('that cannot be stored whole leaves nothing and is a fault without detail', async () => {
      const vehicle = await api.aVehicle()
      const before = files.keys()
      const { put } = files
      let puts = 0
      files.put = async (file) => {
        puts += 1
        if (puts === 2) throw new Error('ENOSPC: no space left on /var/lib/media')
        await put(file)
      }
      try {
        const { body } = await add(vehicle).expect(500)
        expect(JSON.stringify(body)).not.toContain('ENOSPC')
      } finally {
        files.put = put
      }
      expect(files.keys()).toEqual(before)
      expect((await read(vehicle.id)).image_count).toBe(0)
    })
  })

  test('pictures come with the same headers from a folder as from any other store', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ev-media-'))
    const local = await anApi(api.deps.db, { mediaFolder: folder }, { files: createLocalFileStore({ folder }) })
    try {
      const vehicle = await local.aVehicle()
      const form = local.http.post(base).set('Authorization', staff.authorization).field('vehicle', vehicle.id)
      const { body } = await form.attach('image', picture, 'x.jpg').expect(201)
      await files.put({ key: keyOf(body.image_url), content: picture, contentType: 'image/webp' })
      const names = ['content-type', 'cache-control', 'cross-origin-resource-policy', 'x-content-type-options']
      const [fromFolder, fromStore] = await Promise.all(
        [local, api].map(async ({ http }) => (await http.get(body.image_url).expect(200)).headers),
      )
      for (const name of names) expect(fromFolder?.[name]).toBe(fromStore?.[name])
      expect(fromFolder?.['etag']).toBeDefined()
      for (const path of ['/media/vehicles/', '/media/vehicles/small/', '/media/vehicles/%2e%2e%2fx.webp'])
        await local.http.get(path).expect(404)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  describe('the pictures of a vehicle', () => {
    test('are listed for anyone, in order, by vehicle', async () => {
      const vehicle = await api.aVehicle()
      const first = (await add(vehicle, { order: '5' }).expect(201)).body
      const second = (await add(vehicle).expect(201)).body
      const third = (await add(vehicle, { order: '0', is_primary: 'true' }).expect(201)).body
      expect(second.order).toBe(6)
      const { body } = await api.http.get(`${base}?vehicle=${vehicle.id}`).expect(200)
      expect(body).toMatchObject({ count: 3, next: null })
      expect(body.results.map(({ id }: { id: number }) => id)).toEqual([third.id, first.id, second.id])
      expect(body.results.map((image: { is_primary: boolean }) => image.is_primary)).toEqual([true, false, false])
      expect((await api.http.get(`${base}?page_size=1`).expect(200)).body.count).toBeGreaterThanOrEqual(3)
      expect((await api.http.get(`${base}?vehicle=999999`).expect(200)).body.results).toEqual([])
      await api.http.get(`${base}?vehicle=x`).expect(400)
    })

    test('are changed in part, and the primary one hands over', async () => {
      const vehicle = await api.aVehicle()
      const first = (await add(vehicle, { alt_text: 'One' }).expect(201)).body
      expect((await change(first.id, { is_primary: false }).expect(200)).body.is_primary).toBe(true)
      const second = (await add(vehicle).expect(201)).body
      expect(second.is_primary).toBe(false)
      expect((await change(second.id, { is_primary: true }).expect(200)).body).toMatchObject({
        is_primary: true,
        order: 1,
      })
      expect((await change(first.id, { order: 9 }).expect(200)).body).toMatchObject({
        alt_text: 'One',
        is_primary: false,
        order: 9,
      })
      expect((await read(vehicle.id)).primary_image_url).toBe(second.image_url)
      expect((await change(second.id, { is_primary: false }).expect(200)).body.is_primary).toBe(false)
      expect((await read(vehicle.id)).primary_image_url).toBe(first.image_url)
      await change(first.id, { order: 1.5 }).expect(400)
      expect((await change(999_999, {}).expect(404)).body.code).toBe('vehicle.image_not_found')
      await api.http
        .patch(`${base}${first.id}/`)
        .set('Authorization', (await api.aMember()).authorization)
        .send({})
        .expect(403)
    })

    test('go with their files, and the next stands for the vehicle', async () => {
      const vehicle = await api.aVehicle()
      const first = (await add(vehicle).expect(201)).body
      const second = (await add(vehicle).expect(201)).body
      await remove(first.id, await api.aMember()).expect(403)
      await remove(first.id).expect(204)
      expect((await remove(first.id).expect(404)).body.code).toBe('vehicle.image_not_found')
      await api.http.get(first.image_url).expect(404)
      expect(files.keys()).not.toContain(keyOf(first.thumbnail_url))
      expect(await read(vehicle.id)).toMatchObject({ image_count: 1, primary_image_url: second.image_url })
      await remove(second.id).expect(204)
      expect(await read(vehicle.id)).toMatchObject({ image_count: 0, primary_image_url: null, images: [] })
    })

    test('go with the vehicle when it is deleted, and stay when that is refused', async () => {
      const admin = await api.aColleague('admin')
      const vehicle = await api.aVehicle()
      const image = (await add(vehicle).expect(201)).body
      const drop = () =>
        api.http.delete(`/api/inventory/vehicles/${vehicle.id}/`).set('Authorization', admin.authorization)
      const booked = await api.aVehicle()
      const kept = (await add(booked).expect(201)).body
      await api.post('/api/booking/bookings/', await api.aMember(), bookingOf(booked)).expect(201)
      await api.http
        .delete(`/api/inventory/vehicles/${booked.id}/`)
        .set('Authorization', admin.authorization)
        .expect(409)
      await api.http.get(kept.image_url).expect(200)
      await drop().expect(204)
      await api.http.get(image.image_url).expect(404)
      expect(files.keys()).not.toContain(keyOf(image.thumbnail_url))
    })

    test('have a limit, also for callers at once', async () => {
      const vehicle = await api.aVehicle()
      const small = await photo({ width: 20, height: 20 })
      const answers = await Promise.all(times(15, () => add(vehicle, {}, small)))
      expect(answers.map(({ status }) => status).sort()).toEqual([...times(12, () => 201), ...times(3, () => 409)])
      expect(answers.find(({ status }) => status === 409)?.body.code).toBe('vehicle.too_many_images')
      expect(await read(vehicle.id)).toMatchObject({ image_count: 12 })
      expect(await primaries(vehicle.id)).toBe(1)
    })

    test('have exactly one primary one, whatever callers do at once', async () => {
      const vehicle = await api.aVehicle()
      const small = await photo({ width: 20, height: 20 })
      const ids: number[] = []
      for (const _ of times(6, (n) => n)) ids.push((await add(vehicle, {}, small).expect(201)).body.id)
      const answers = await Promise.all([
        ...ids.map((id) => change(id, { is_primary: true })),
        ...ids.map((id) => change(id, { is_primary: false })),
        ...times(3, () => add(vehicle, { is_primary: 'true' }, small)),
        remove(ids[0]!),
        remove(ids[3]!),
      ])
      expect(answers.filter(({ status }) => status >= 500)).toEqual([])
      expect(await read(vehicle.id)).toMatchObject({ image_count: 7 })
      expect(await primaries(vehicle.id)).toBe(1)
    })

    test('are told of in the audit log', async () => {
      const vehicle = await api.aVehicle()
      const { id } = (await add(vehicle).expect(201)).body
      await change(id, { alt_text: 'x' }).expect(200)
      await remove(id).expect(204)
      const lines = (await api.auditLines()).filter(
        ({ subjectId, subjectType }) => subjectType === 'vehicle' && subjectId === String(vehicle.id),
      )
      expect(lines.map(({ action }) => action)).toEqual([
        'vehicle.image_added',
        'vehicle.image_changed',
        'vehicle.image_deleted',
      ])
    })

    test.each([
      '/media/vehicles/../kyc/x.pdf',
      '/media/vehicles/%2e%2e/kyc/x.webp',
      '/media/kyc/x.pdf',
      '/media/vehicles/',
      '/media/vehicles/small/',
      '/media/vehicles/x%00.webp',
    ])('are the only files at their address: %s is nothing', async (path) => {
      await files.put({ key: 'kyc/x.pdf', content: Buffer.from('a paper'), contentType: 'application/pdf' })
      const { status, text } = await api.http.get(path)
      expect(status).toBe(404)
      expect(text).not.toContain('a paper')
    })
  })
})

/** The head of a PNG that claims to be `width` by `height`, with no pixels in it. */
function hugePng(width: number, height: number): Buffer {
  const bytes = Buffer.from(
    '89504e470d0a1a0a0000000d49484452000000000000000008020000000000000000000000494441540000000000000000',
    'hex',
  )
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return bytes
}
