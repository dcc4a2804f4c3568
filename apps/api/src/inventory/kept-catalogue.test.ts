import { eachDatabase } from '@ev/db/testing'
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { anApi, bookingOf, type Caller, type TestApi } from '../testing/an-api.ts'

/** Two processes have two apps on one database, each with what it keeps of the catalogue. */
eachDatabase((_provider, makeDatabase) => {
  const sent: string[] = []
  let one: TestApi
  let other: TestApi
  let staff: Caller
  let admin: Caller
  let member: Caller

  beforeAll(async () => {
    const { database } = await makeDatabase({ onStatement: (sql) => void sent.push(sql) })
    one = await anApi(database)
    other = await anApi(database)
    staff = await one.aColleague('staff')
    admin = await one.aColleague('admin')
    member = await one.aMember()
  })

  const pathsOf = (id: number) => [
    '/api/inventory/vehicles/',
    `/api/inventory/vehicles/${id}/`,
    `/api/inventory/vehicle-images/?vehicle=${id}`,
  ]

  /** What both show now. Each is asked twice, so that the second answer is one that was kept. */
  async function shown(id: number): Promise<string> {
    const texts = new Set<string>()
    for (const { http } of [one, other, one, other]) {
      const answers = []
      for (const path of pathsOf(id)) {
        const { status, body, headers } = await http.get(path).set('Host', 'shop.example')
        answers.push(status === 200 ? { body, etag: headers['etag'] } : status)
      }
      texts.add(JSON.stringify(answers))
    }
    expect(texts.size).toBe(1)
    return [...texts][0]!
  }

  const send = (method: 'patch' | 'delete', path: string, caller: Caller, body: object = {}) =>
    one.http[method](`/api/inventory/${path}/`).set('Authorization', caller.authorization).send(body)

  test('every change of a vehicle, its pictures or its stock is in the next answer of both', async () => {
    const vehicle = await one.aVehicle({ stock: 3 })
    const content = await sharp({ create: { width: 4, height: 3, channels: 3, background: '#3a7' } })
      .png()
      .toBuffer()
    let picture = 0
    let booking = 0
    const changes: Record<string, () => Promise<unknown>> = {
      'a new name': () => send('patch', `vehicles/${vehicle.id}`, staff, { name: 'Comet' }).expect(200),
      'the same millisecond again': () => send('patch', `vehicles/${vehicle.id}`, staff, { name: 'Bolt' }).expect(200),
      'a picture': async () => {
        const { body } = await one.http
          .post('/api/inventory/vehicle-images/')
          .set('Authorization', staff.authorization)
          .field({ vehicle: String(vehicle.id) })
          .attach('image', content, 'a.png')
          .expect(201)
        picture = body.id
      },
      'its text': () => send('patch', `vehicle-images/${picture}`, staff, { alt_text: 'Left' }).expect(200),
      'its end': () => send('delete', `vehicle-images/${picture}`, staff).expect(204),
      'a unit that is booked': async () => {
        booking = (await one.post('/api/booking/bookings/', member, bookingOf(vehicle)).expect(201)).body.id
      },
      'a unit that comes back': () =>
        one.post(`/api/booking/bookings/${booking}/cancel/`, member, { reason: 'Too late' }).expect(200),
      'another vehicle': () => one.aVehicle({ name: 'Other' }),
    }
    let before = await shown(vehicle.id)
    for (const [what, change] of Object.entries(changes)) {
      await change()
      const after = await shown(vehicle.id)
      expect(after, what).not.toBe(before)
      before = after
    }
    const free = await one.aVehicle()
    before = await shown(free.id)
    await send('delete', `vehicles/${free.id}`, admin).expect(204)
    expect(await shown(free.id)).not.toBe(before)
  })

  test('an answer that is kept costs one statement, and a client that has it gets 304 from either', async () => {
    const path = '/api/inventory/vehicles/?ordering=price'
    const { headers } = await one.http.get(path).set('Host', 'shop.example').expect(200)
    await other.http.get(path).set('Host', 'shop.example').expect(200)
    for (const { http } of [one, other]) {
      sent.length = 0
      const again = await http
        .get(path)
        .set({ Host: 'shop.example', 'If-None-Match': headers['etag'] ?? '' })
        .expect(304)
      expect(again.text).toBe('')
      expect(again.headers['etag']).toBe(headers['etag'])
      expect(sent).toHaveLength(1)
    }
  })

  test('what is refused is not kept', async () => {
    const { id } = await one.aVehicle()
    const missing = `/api/inventory/vehicles/${id + 1}/`
    await one.http.get(missing).expect(404)
    expect((await one.aVehicle()).id).toBe(id + 1)
    await one.http.get(missing).expect(200)
  })

  test('an answer for one host is not given to another', async () => {
    await one.aVehicle()
    const next = async (host: string) =>
      (await one.http.get('/api/inventory/vehicles/?page_size=1').set('Host', host).expect(200)).body.next
    expect(await next('a.example')).toMatch(/^http:\/\/a\.example\//)
    expect(await next('b.example')).toMatch(/^http:\/\/b\.example\//)
  })
})
