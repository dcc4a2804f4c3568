import { importLegacy, noMedia } from '@ev/application'
import { eachDatabase, isMysqlReachable, type LegacyDatabase, makeLegacyDatabase } from '@ev/db/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anApi } from './testing/an-api.ts'

describe.skipIf(!isMysqlReachable())('a member who was taken over', () => {
  let legacy: LegacyDatabase
  beforeAll(async () => {
    legacy = await makeLegacyDatabase({ story: true })
  })
  afterAll(() => legacy.remove())

  eachDatabase((_name, makeDatabase) => {
    test('logs in with the old address and finds balance, booking and tree', async () => {
      const api = await anApi((await makeDatabase()).database)
      await importLegacy(api.deps, { from: legacy.url, isDryRun: false, media: noMedia, progress: () => {} })
      const bela = await api.login('bela@example.com')
      expect(bela).toMatchObject({ id: 2, referralCode: 'REFBELA' })
      const wallet = await api.get('/api/wallet/my_wallet/', bela).expect(200)
      expect(wallet.body).toMatchObject({ balance: '1200.00', available: '550.00' })
      const statement = await api.get('/api/wallet/transactions/', bela).expect(200)
      expect(statement.body.results.map(({ amount }: { amount: string }) => amount)).toEqual(['500.00', '700.00'])
      const booking = await api.get('/api/booking/bookings/2/', bela).expect(200)
      expect(booking.body).toMatchObject({ booking_number: 'EVAAAAAAA2', total_paid: '1500.00', status: 'pending' })
      const tree = await api.get('/api/binary/nodes/my_tree/', bela).expect(200)
      expect(tree.body).toMatchObject({ left_team: 1, right_team: 1 })
      await api.expectSettledClean()
    })
  })
})
