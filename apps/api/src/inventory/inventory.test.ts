import { eachDatabase } from '@ev/db/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import { anApi, type Caller, notAmounts, type TestApi } from '../testing/an-api.ts'

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  let staff: Caller
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
    staff = await api.aColleague('staff')
  })
  const create = (body: object, by = staff) => api.post('/api/inventory/vehicles/', by, body)
  const list = async (query: string) => (await api.http.get(`/api/inventory/vehicles/?${query}`).expect(200)).body

  describe('a new vehicle', () => {
    test('is made by staff under a generated code, and read by anyone', async () => {
      const { body } = await create({
        name: 'Comet',
        price: 89_999.5,
        vehicle_color: ['Red'],
        battery_variant: ['30 kWh', '40 kWh'],
        features: ['ABS'],
        specifications: { range: '150 km' },
        stock_quantity: 3,
        model_code: 'MINE',
        id: 7,
      }).expect(201)
      expect(body).toEqual({
        id: expect.any(Number),
        name: 'Comet',
        model_code: expect.stringMatching(/^EV-[A-Z0-9]{6}$/),
        vehicle_color: ['Red'],
        battery_variant: ['30 kWh', '40 kWh'],
        price: '89999.50',
        status: 'available',
        description: '',
        features: ['ABS'],
        specifications: { range: '150 km' },
        stock_quantity: 3,
        images: [],
        primary_image_url: null,
        image_count: 0,
        created_at: '2026-11-20T06:00:00.000Z',
        updated_at: '2026-11-20T06:00:00.000Z',
      })
      expect((await api.http.get(`/api/inventory/vehicles/${body.id}/`).expect(200)).body).toEqual(body)
    })

    test('is refused to members and to nobody', async () => {
      await create({ name: 'X', price: 1 }, await api.aMember()).expect(403)
      await api.http.post('/api/inventory/vehicles/').send({ name: 'X', price: 1 }).expect(401)
    })

    test.each([
      [{ price: 100 }, 'name'],
      [{ name: '', price: 100 }, 'name'],
      [{ name: 'X' }, 'price'],
      [{ name: 'X', price: 0 }, 'price'],
      [{ name: 'X', price: 100, status: 'gone' }, 'status'],
      [{ name: 'X', price: 100, stock_quantity: -1 }, 'stock_quantity'],
      [{ name: 'X', price: 100, vehicle_color: 'Red' }, 'vehicle_color'],
      [{ name: 'X', price: 100, vehicle_color: [''] }, 'vehicle_color.0'],
    ])('is refused for %j', async (body, field) => {
      expect(Object.keys((await create(body).expect(400)).body.errors)).toEqual([field])
    })

    test('is refused for a price that is no amount', async () => {
      for (const price of notAmounts) {
        expect(Object.keys((await create({ name: 'X', price }).expect(400)).body.errors)).toEqual(['price'])
      }
    })
  })

  describe('the catalogue', () => {
    test('is filtered, searched and ordered', async () => {
      const made = async (name: string, price: number, more: object) =>
        (await create({ name, price, description: 'Quokka', ...more }).expect(201)).body
      const cheap = await made('Quokka One', 50_000, { vehicle_color: ['Moss "green"'], battery_variant: ['20 kWh'] })
      const dear = await made('Quokka Two', 90_000, { vehicle_color: ['White'], battery_variant: ['60 kWh'] })
      const gone = await made('Quokka Old', 70_000, { status: 'discontinued', vehicle_color: ['White'] })
      const ids = async (query: string) =>
        (await list(`search=quokka&ordering=price&${query}`)).results.map(({ id }: { id: number }) => id)
      expect(await ids('')).toEqual([cheap.id, gone.id, dear.id])
      expect(await ids('status=available')).toEqual([cheap.id, dear.id])
      expect(await ids('name=two')).toEqual([dear.id])
      expect(await ids(`model_code=${gone.model_code}`)).toEqual([gone.id])
      expect(await ids('min_price=60000&max_price=90000.00')).toEqual([gone.id, dear.id])
      expect(await ids('color=White')).toEqual([gone.id, dear.id])
      expect(await ids(`color=${encodeURIComponent('Moss "green"')}`)).toEqual([cheap.id])
      expect(await ids('color=Whi')).toEqual([])
      expect(await ids('battery_variant=60 kWh')).toEqual([dear.id])
      expect(await ids('color=White&battery_variant=20 kWh')).toEqual([])
      expect(await ids(`color=${encodeURIComponent("' OR ''='")}`)).toEqual([])
      expect((await list('search=quokka&ordering=-price&page_size=1')).results[0].id).toBe(dear.id)
      expect(await list('search=quokka&page_size=2')).toMatchObject({ count: 3, previous: null })
    })

    test.each(['min_price=-1', 'min_price=abc', 'status=gone', 'ordering=stock', 'page=0', 'search=a&search=b'])(
      'refuses ?%s',
      async (query) => {
        const { body } = await api.http.get(`/api/inventory/vehicles/?${query}`).expect(400)
        expect(Object.keys(body.errors)).toEqual([query.split('=')[0]])
      },
    )

    test('is confirmed by its ETag until it changes', async () => {
      const vehicle = await api.aVehicle({ name: 'Etag' })
      for (const path of [`/api/inventory/vehicles/${vehicle.id}/`, '/api/inventory/vehicles/?name=Etag']) {
        const first = await api.http.get(path).expect(200)
        await api.http
          .get(path)
          .set('If-None-Match', first.headers['etag'] ?? '')
          .expect(304)
      }
      const { headers } = await api.http.get('/api/inventory/vehicles/?name=Etag').expect(200)
      await api.aVehicle({ name: 'Etag' })
      await api.http
        .get('/api/inventory/vehicles/?name=Etag')
        .set('If-None-Match', headers['etag'] ?? '')
        .expect(200)
    })

    test('has no vehicle under a wrong id', async () => {
      expect((await api.http.get('/api/inventory/vehicles/999999/').expect(404)).body.code).toBe('vehicle.not_found')
      await api.http.get('/api/inventory/vehicles/abc/').expect(404)
    })
  })
})
