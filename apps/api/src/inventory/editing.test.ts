import { eachDatabase } from '@ev/db/testing'
import { times } from '@ev/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import { anApi, bookingOf, type Caller, notAmounts, type TestApi } from '../testing/an-api.ts'

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  let staff: Caller
  let admin: Caller
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
    staff = await api.aColleague('staff')
    admin = await api.aColleague('admin')
  })
  const send = (method: 'put' | 'patch' | 'delete', id: number, body: object = {}, by = staff) =>
    api.http[method](`/api/inventory/vehicles/${id}/`).set('Authorization', by.authorization).send(body)
  const read = async (id: number) => (await api.http.get(`/api/inventory/vehicles/${id}/`).expect(200)).body
  const movements = async (vehicleId: number) =>
    (await api.deps.db.read.stockMovement.findMany({ where: { vehicleId }, orderBy: { id: 'asc' } })).map(
      ({ reason, delta, actorId }) => ({ reason, delta, actorId }),
    )

  describe('a vehicle that is changed', () => {
    test('by a patch keeps everything that the patch leaves out', async () => {
      const { id } = await api.aVehicle({ stock: 4 })
      const before = await read(id)
      const { body } = await send('patch', id, { price: '99999.50' }).expect(200)
      expect(body).toEqual({ ...before, price: '99999.50', updated_at: body.updated_at })
      expect(await read(id)).toEqual(body)
      expect((await send('patch', id, {}).expect(200)).body).toMatchObject({ ...before, price: '99999.50' })
      const all = {
        name: 'Volt 2',
        vehicle_color: [],
        battery_variant: ['50 kWh'],
        status: 'discontinued',
        description: '',
        features: ['ABS', 'Cruise'],
        specifications: { range: '200 km' },
        stock_quantity: null,
      }
      expect((await send('patch', id, all).expect(200)).body).toMatchObject(all)
    })

    test('as a whole needs its name and price, and never changes what is made by the platform', async () => {
      const { id } = await api.aVehicle()
      const before = await read(id)
      expect(Object.keys((await send('put', id, { status: 'available' }).expect(400)).body.errors)).toEqual([
        'name',
        'price',
      ])
      const forged = { id: 7, model_code: 'MINE', image_count: 9, created_at: '2000-01-01T00:00:00Z', images: [] }
      const { body } = await send('put', id, { name: 'Other', price: 5, ...forged }).expect(200)
      expect(body).toEqual({ ...before, name: 'Other', price: '5.00', updated_at: body.updated_at })
    })

    test.each([
      [{ name: '' }, 'name'],
      [{ name: null }, 'name'],
      [{ price: 0 }, 'price'],
      [{ status: 'gone' }, 'status'],
      [{ stock_quantity: 1.5 }, 'stock_quantity'],
      [{ stock_quantity: '5' }, 'stock_quantity'],
      [{ vehicle_color: { $set: [] } }, 'vehicle_color'],
      [{ specifications: ['x'] }, 'specifications'],
      [{ specifications: Object.fromEntries(times(101, (n) => [`s${n}`, 'x'])) }, 'specifications'],
    ])('is refused for %j', async (change, field) => {
      const { id } = await api.aVehicle()
      const before = await read(id)
      const { body } = await send('patch', id, change).expect(400)
      expect(Object.keys(body.errors)[0]).toMatch(new RegExp(`^${field}`))
      expect(await read(id)).toEqual(before)
    })

    test('is refused for a price that is no amount', async () => {
      const { id } = await api.aVehicle()
      for (const price of notAmounts)
        expect(Object.keys((await send('patch', id, { price }).expect(400)).body.errors)).toEqual(['price'])
    })

    test('is changed by staff only, deleted by admins only, and must exist', async () => {
      const { id } = await api.aVehicle()
      const member = await api.aMember()
      for (const method of ['put', 'patch', 'delete'] as const) {
        await send(method, id, { name: 'X', price: 1 }, member).expect(403)
        await api.http[method](`/api/inventory/vehicles/${id}/`).send({ name: 'X', price: 1 }).expect(401)
        const { body } = await send(method, 999_999, { name: 'X', price: 1 }, admin).expect(404)
        expect(body.code).toBe('vehicle.not_found')
      }
      await send('delete', id, {}, staff).expect(403)
    })

    test('is told of in the audit log', async () => {
      const { id } = await api.aVehicle({ stock: 1 })
      await send('patch', id, { price: 90_000, stock_quantity: 0 }).expect(200)
      await send('delete', id, {}, admin).expect(204)
      const lines = (await api.auditLines()).filter(
        ({ subjectType, subjectId }) => subjectType === 'vehicle' && subjectId === String(id),
      )
      expect(lines.map(({ action, actorId }) => [action, actorId])).toEqual([
        ['vehicle.changed', staff.id],
        ['vehicle.deleted', admin.id],
      ])
      expect(lines[0]?.details).toEqual({
        fields: 'price, stockQuantity',
        priceFrom: '100000.00',
        priceTo: '90000.00',
        statusFrom: 'available',
        statusTo: 'out_of_stock',
        stockFrom: 1,
        stockTo: 0,
      })
    })

    test('keeps the price of bookings that were made before', async () => {
      const vehicle = await api.aVehicle({ price: 100_000 })
      const member = await api.aMember()
      const booking = (await api.post('/api/booking/bookings/', member, bookingOf(vehicle)).expect(201)).body
      await send('patch', vehicle.id, { price: 120_000 }).expect(200)
      expect((await api.get(`/api/booking/bookings/${booking.id}/`, member)).body.total_amount).toBe('100000.00')
    })
  })

  describe('stock', () => {
    test('moves by its edits and by bookings, and the movements sum to it', async () => {
      const created = await api
        .post('/api/inventory/vehicles/', staff, { name: 'Counted', price: 100_000, stock_quantity: 2 })
        .expect(201)
      const { id } = created.body
      await send('patch', id, { stock_quantity: 1 }).expect(200)
      const member = await api.aMember()
      await api.post('/api/booking/bookings/', member, bookingOf({ id })).expect(201)
      expect(await read(id)).toMatchObject({ stock_quantity: 0, status: 'out_of_stock' })
      expect((await send('patch', id, { stock_quantity: 5 }).expect(200)).body).toMatchObject({
        stock_quantity: 5,
        status: 'available',
      })
      await send('patch', id, { name: 'Counted again' }).expect(200)
      expect(await movements(id)).toEqual([
        { reason: 'initial', delta: 2, actorId: staff.id },
        { reason: 'adjustment', delta: -1, actorId: staff.id },
        { reason: 'reservation', delta: -1, actorId: null },
        { reason: 'adjustment', delta: 5, actorId: staff.id },
      ])
      await send('patch', id, { stock_quantity: null }).expect(200)
      await send('patch', id, { stock_quantity: 3 }).expect(200)
      expect((await movements(id)).reduce((sum, { delta }) => sum + delta, 0)).toBe(3)
    })

    test('without a unit is out of stock, however it is asked for', async () => {
      const body = { name: 'None', price: 1, stock_quantity: 0, status: 'available' }
      const { body: vehicle } = await api.post('/api/inventory/vehicles/', staff, body).expect(201)
      expect(vehicle.status).toBe('out_of_stock')
      expect((await send('patch', vehicle.id, { status: 'available' }).expect(200)).body.status).toBe('out_of_stock')
      expect(await movements(vehicle.id)).toEqual([])
    })

    test('survives edits and bookings at once: what is counted is what moved', async () => {
      const vehicle = await api.aVehicle({ stock: 20 })
      const members = []
      for (const _ of times(6, (n) => n)) members.push(await api.aMember())
      const bookings = members.map((member) => api.post('/api/booking/bookings/', member, bookingOf(vehicle)))
      const edits = times(4, (n) => send('patch', vehicle.id, { stock_quantity: 30 + n }))
      const answers = await Promise.all([...bookings, ...edits])
      expect(answers.map(({ status }) => status)).toEqual([...times(6, () => 201), ...times(4, () => 200)])
      const sum = (await movements(vehicle.id)).reduce((total, { delta }) => total + delta, 0)
      expect(sum).toBe((await read(vehicle.id)).stock_quantity)
      await api.expectLedgerClean()
    })
  })

  describe('a vehicle that is deleted', () => {
    test('is gone with its movements, unless a booking refers to it', async () => {
      const free = await api.aVehicle({ stock: 3 })
      await send('delete', free.id, {}, admin).expect(204)
      await api.http.get(`/api/inventory/vehicles/${free.id}/`).expect(404)
      expect(await movements(free.id)).toEqual([])

      const booked = await api.aVehicle()
      await api.post('/api/booking/bookings/', await api.aMember(), bookingOf(booked)).expect(201)
      expect((await send('delete', booked.id, {}, admin).expect(409)).body.code).toBe('vehicle.in_use')
      expect((await send('patch', booked.id, { status: 'discontinued' }).expect(200)).body.status).toBe('discontinued')
    })

    test('while someone books it is either booked or gone', async () => {
      for (const stock of [null, 5, null, 5]) {
        const vehicle = await api.aVehicle({ stock })
        const member = await api.aMember()
        const [deleted, booked] = await Promise.all([
          send('delete', vehicle.id, {}, admin),
          api.post('/api/booking/bookings/', member, bookingOf(vehicle)),
        ])
        expect([
          [204, 404],
          [409, 201],
        ]).toContainEqual([deleted.status, booked.status])
      }
    })
  })

  describe('the catalogue', () => {
    test('is confirmed by its ETag until anything that it shows changes, also for HEAD', async () => {
      const { id } = await api.aVehicle({ name: 'Tagged' })
      const paths = [`/api/inventory/vehicles/${id}/`, '/api/v1/inventory/vehicles/?name=Tagged']
      const tags = async () =>
        Promise.all(paths.map(async (path) => (await api.http.get(path).expect(200)).headers['etag'] ?? ''))
      const seen = await tags()
      for (const [at, path] of paths.entries()) {
        const answer = await api.http
          .get(path)
          .set('If-None-Match', seen[at] ?? '')
          .expect(304)
        expect(answer.text).toBe('')
        expect(answer.headers['etag']).toBe(seen[at])
        await api.http.get(path).set('If-None-Match', `"other", ${seen[at]}`).expect(304)
        await api.http
          .head(path)
          .set('If-None-Match', seen[at] ?? '')
          .expect(304)
        await api.http.get(path).set('If-None-Match', '"other"').expect(200)
      }
      await send('patch', id, { stock_quantity: 7 }).expect(200)
      for (const [at, path] of paths.entries())
        await api.http
          .get(path)
          .set('If-None-Match', seen[at] ?? '')
          .expect(200)
      for (const [at, tag] of (await tags()).entries()) expect(tag).not.toBe(seen[at])
    })
  })
})
