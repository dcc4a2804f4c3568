import { plans } from '@ev/db'
import { eachDatabase } from '@ev/db/testing'
import { defaultPlan } from '@ev/domain'
import { expect, test } from 'vitest'
import { bookingStories, online } from '../bookings/testing/stories.ts'
import { anApi, type Caller } from '../testing/an-api.ts'

eachDatabase((_name, makeDatabase) => {
  test('a pair that was reversed explains what went back: from the reserve, lent, and in all', async () => {
    const { database } = await makeDatabase()
    const plan = { ...defaultPlan, pairEligibility: 'qualified_sale', referralBonusBps: 0, gracePairs: 0 } as const
    const now = new Date(0)
    await database.transaction((tx) => plans.insert(tx, plan, { effectiveFrom: now, createdById: null, now }))
    const api = await anApi(database)
    const story = bookingStories(api)
    const admin = await api.aColleague('admin')
    const asha = await api.aMember()
    const buyers: Caller[] = [await api.aMember(asha), await api.aMember(asha)]
    const sales: number[] = []
    for (const buyer of buyers) {
      const id = await story.aBooking(buyer)
      await story.paid(buyer, id, online(5_000))
      sales.push(id)
    }
    await api.settle()
    expect(await story.wallet(asha)).toMatchObject({ balance: '400.00', emi_reserve: '100.00' })
    const take = { user: asha.id, amount: '-300.00', reason: 'Paid in error' }
    await api.post('/api/wallet/adjust/', admin, take).expect(201)
    await story.cancel(buyers[0]!, sales[0]!).expect(200)
    await api.settle()

    const { body } = await api.get('/api/wallet/transactions/?reference_type=pair', asha).expect(200)
    const explained = []
    for (const { id } of body.results.reverse()) {
      explained.push((await api.get(`/api/wallet/transactions/${id}/explain/`, asha).expect(200)).body)
    }
    const credit = explained[0].journal_entry
    expect(
      explained.map(({ transaction, steps, journal_entry }) => [
        transaction.transaction_type,
        transaction.amount,
        steps.at(-1).result,
        journal_entry.reverses?.key ?? null,
      ]),
    ).toEqual([
      ['BINARY_PAIR', '500.00', '500.00', null],
      ['RESERVE_DEDUCTION', '-100.00', '-100.00', null],
      ['RESERVE_DEDUCTION', '100.00', '100.00', credit.key],
      ['RECOVERY', '300.00', '300.00', credit.key],
      ['REVERSAL', '-500.00', '-500.00', credit.key],
    ])
    expect(credit.reversed_by.key).toBe(`${credit.key}:reversal`)
    expect(explained[4].pair.pair).toMatchObject({ status: 'reversed' })
    expect(explained[4].rule[1]).toContain('was no longer an Active Buyer')
    expect(explained[3].debts).toMatchObject([{ amount: '300.00', journal_entry: { key: `${credit.key}:reversal` } }])
    await api.expectSettledClean()
  })
})
