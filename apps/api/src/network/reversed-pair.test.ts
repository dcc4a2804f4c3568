import { plans } from '@ev/db'
import { eachDatabase } from '@ev/db/testing'
import { defaultPlan } from '@ev/domain'
import { expect, test } from 'vitest'
import { bookingStories, online } from '../bookings/testing/stories.ts'
import { anApi, type TestApi } from '../testing/an-api.ts'

/** From now on a sale is what counts for pairs, and nobody earns a bonus beside them. */
function askForSales({ deps: { db, clock } }: TestApi): Promise<void> {
  const now = clock.now()
  const plan = { ...defaultPlan, version: 2, pairEligibility: 'qualified_sale', referralBonusBps: 0 } as const
  return db.transaction((tx) => plans.insert(tx, plan, { effectiveFrom: now, createdById: null, now }))
}

eachDatabase((_name, makeDatabase) => {
  test('a reversed pair says why, and is left out of what was earned and of what stands', async () => {
    const api = await anApi((await makeDatabase()).database)
    await askForSales(api)
    const story = bookingStories(api)
    const admin = await api.aColleague('admin')
    const earner = await api.aMember()
    const [left, right] = [await api.aMember(earner), await api.aMember(earner)]
    const paymentOf = async (by: typeof left) => story.paid(by, await story.aBooking(by), online('5000.00'))
    await paymentOf(left)
    const undone = await paymentOf(right)
    await api.settle()
    const read = async (path: string) => (await api.get(`/api/${path}`, earner).expect(200)).body
    const { id } = (await read('binary/pairs/')).results[0]
    expect(await read(`binary/pairs/${id}/explain/`)).toMatchObject({ reversal_entry: null })
    expect(await read('reports/dashboard/')).toMatchObject({ binary_pairs: 1, total_earnings: '500.00' })

    await story.refund(admin, undone).expect(200)
    expect(await story.noticesOf(earner)).toContain('Pair reversed')
    const reversedAt = api.clock.now().toISOString()
    expect(await read(`binary/pairs/${id}/`)).toMatchObject({ status: 'reversed', reversed_at: reversedAt })
    const { results } = await read('binary/earnings/')
    expect(results).toMatchObject([{ binary_pair: id, amount: '500.00', reversed_amount: '500.00' }])
    const explained = await read(`binary/pairs/${id}/explain/`)
    expect(explained.rule.join(' ')).toContain('its member of the right leg, who counted because of a sale')
    expect(explained).toMatchObject({ left: { counted_since: reversedAt }, right: { counted_since: null } })
    expect(explained.reversal_entry).toMatchObject({
      key: `pair:${id}:reversal`,
      lines: [
        { account: 'member_wallet', user: earner.id, amount: '-500.00' },
        { account: 'commission_expense', user: null, amount: '500.00' },
      ],
    })
    const [reversal] = (await read('wallet/transactions/?transaction_type=REVERSAL')).results
    const { rule } = await read(`wallet/transactions/${reversal.id}/explain/`)
    expect(rule[0]).toBe(`Takes back the journal entry pair:${id}.`)
    expect(rule[1]).toContain('was no longer an Active Buyer')
    expect(await read('reports/dashboard/')).toMatchObject({ binary_pairs: 0, total_earnings: '0.00' })
    expect((await read('reports/user/')).earnings).toMatchObject({ pairs: 0, pair_amount: '0.00', net_amount: '0.00' })
    await api.expectSettledClean()
  })
})
