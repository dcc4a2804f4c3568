import {
  approvePayout,
  type Bank,
  followTransfers,
  orderTransfer,
  sandboxBank,
  settleTransfer,
  type TransferOrder,
  type TransferResult,
} from '@ev/application'
import { eachDatabase } from '@ev/db/testing'
import { rupees, startOfIstDay } from '@ev/domain'
import { times } from '@ev/testing'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { aQuietPlatform, type QuietPlatform } from '../testing/a-platform.ts'
import { actor, outcomes, type Stories, stories } from '../testing/stories.ts'

eachDatabase((_name, makeDatabase) => {
  let platform: QuietPlatform
  let story: Stories
  let admins: number[]
  const orders: TransferOrder[] = []
  let failures = 0

  /** The sandbox, which can be out of reach for a while and remembers what it was asked. */
  const bank: Bank = {
    ...sandboxBank,
    async transfer(order) {
      orders.push(order)
      if (failures > 0) {
        failures -= 1
        throw new Error('The bank does not answer.')
      }
      return sandboxBank.transfer(order)
    },
  }

  beforeAll(async () => {
    platform = await aQuietPlatform((await makeDatabase()).database, { bank })
    story = stories(platform)
    admins = [(await platform.aMember()).id, (await platform.aMember()).id]
  })
  beforeEach(() => {
    orders.length = 0
    failures = 0
  })
  afterEach(async () => {
    await platform.settled()
    await platform.expectClean()
  })

  const approve = (payoutId: number, adminId = admins[0]!) =>
    approvePayout(platform.deps, { actor: actor(adminId, 'admin'), payoutId, idempotency: null })

  async function aMemberWith(amount: number): Promise<number> {
    const { id } = await platform.aMember()
    await story.fund(id, amount)
    return id
  }

  test('of twenty simultaneous requests of the whole balance one is accepted', async () => {
    const ravi = await aMemberWith(1_000)
    const { kept, refused } = await outcomes(times(20, () => story.askPayout(ravi, 1_000)))
    expect(kept).toHaveLength(1)
    expect(refused).toEqual(times(19, () => 'payout.exceeds_available'))
    expect(await story.walletOf(ravi)).toMatchObject({ balance: rupees(1_000), held: rupees(1_000) })
    expect(await platform.deps.db.read.hold.count({ where: { userId: ravi } })).toBe(1)
  })

  test('two admins who process a payout at the same moment start it once', async () => {
    const ravi = await aMemberWith(1_000)
    const { id } = await story.askPayout(ravi, 1_000)
    const told = await story.outboxOf('payout.approved')
    const { kept, refused } = await outcomes(times(6, (n) => approve(id, admins[n % 2])))
    expect(kept).toHaveLength(1)
    expect(refused).toEqual(times(5, () => 'payout.transition_refused'))
    expect(await story.outboxOf('payout.approved')).toBe(told + 1)
    await platform.settled()
    expect(orders).toHaveLength(1)
    expect((await story.walletOf(ravi)).balance).toBe(0n)
  })

  test('nobody processes their own payout', async () => {
    const [admin] = admins
    await story.fund(admin!, 500)
    const { id } = await story.askPayout(admin!, 500)
    await expect(approve(id, admin)).rejects.toMatchObject({ code: 'payout.self_approval' })
    expect((await story.payoutOf(id)).status).toBe('pending')
    await approve(id, admins[1])
  })

  test('a bank that does not answer is asked again under the same reference, and the transfer is posted once', async () => {
    const ravi = await aMemberWith(1_000)
    const { id } = await story.askPayout(ravi, 1_000)
    await approve(id)
    const approved = (await platform.messages('payout.approved')).at(-1)!
    failures = 2
    for (let n = 0; n < 2; n += 1) {
      expect(await platform.offer('payouts.transfer', [approved])).toMatchObject([
        { kind: 'retry', reason: 'Error: The bank does not answer.' },
      ])
      expect(await story.payoutOf(id)).toMatchObject({ status: 'processing', bankReference: null })
      expect(await story.walletOf(ravi)).toMatchObject({ balance: rupees(1_000), held: rupees(1_000) })
    }
    await Promise.all(times(5, () => platform.deliver('payouts.transfer', approved)))
    await platform.deliver('payouts.transfer', approved)
    expect(new Set(orders.map(({ reference }) => reference))).toEqual(new Set([`payout-${id}`]))
    expect(new Set(orders.map(({ amount }) => amount))).toEqual(new Set([rupees(950)]))
    expect(await story.journalOf(`payout:${id}:debit`)).toBe(1)
    expect(await story.payoutOf(id)).toMatchObject({ status: 'completed', bankReference: `SANDBOX-PAYOUT-${id}` })
    expect(await story.walletOf(ravi)).toMatchObject({ balance: 0n, held: 0n, totalWithdrawn: rupees(1_000) })
  })

  test('a refused transfer gives the whole hold back and undoes nothing else', async () => {
    const ravi = await aMemberWith(1_000)
    const { id } = await story.askPayout(ravi, 1_000, { accountNumber: '000000000' })
    await approve(id)
    await platform.settled()
    expect(await story.payoutOf(id)).toMatchObject({ status: 'failed', failureReason: 'The account does not exist.' })
    expect(await story.walletOf(ravi)).toMatchObject({ balance: rupees(1_000), held: 0n, totalWithdrawn: 0n })
    expect(await platform.deps.db.read.tdsRecord.count({ where: { userId: ravi } })).toBe(0)
    await story.askPayout(ravi, 1_000)
  })

  test('the EMI part of a booking that was paid off meanwhile waits in the reserve for the next EMI booking', async () => {
    const ravi = await aMemberWith(2_000)
    const paidOff = await story.aBooking(ravi, { price: 6_500, emiMonths: 6 })
    const { id, emiAmount } = await story.askPayout(ravi, 2_000, { isEmiAutoFilled: true })
    expect(emiAmount).toBe(rupees(500))
    await story.pay(ravi, paidOff.id, 6_500)
    await approve(id)
    await platform.settled()
    expect(await story.walletOf(ravi)).toMatchObject({ balance: 0n, emiReserve: rupees(500) })
    expect((await story.bookingOf(paidOff.id)).totalPaid).toBe(rupees(6_500))
    await platform.expectClean()
    const next = await story.aBooking(ravi, { emiMonths: 12 })
    expect(next.totalPaid).toBe(rupees(500))
    expect((await story.walletOf(ravi)).emiReserve).toBe(0n)
  })

  test('tax by section 194H is the same whether payouts are asked for one after the other or at once', async () => {
    await story.changePlan({ tdsPolicy: 'section_194h' })
    const asha = await platform.aMember()
    await story.fund(asha.id, 40_000)
    // Without a PAN 20 %: nothing up to ₹20,000 a year, then on everything.
    const first = await story.askPayout(asha.id, 15_000)
    const second = await story.askPayout(asha.id, 15_000)
    expect([first.tdsAmount, second.tdsAmount]).toEqual([0n, rupees(6_000)])
    await story.changePlan({ tdsPolicy: 'flat_with_ceiling' })
  })

  test('an EMI that takes everything but the tax needs no transfer', async () => {
    const ravi = await aMemberWith(400)
    const booking = await story.aBooking(ravi, { emiMonths: 12 })
    const { id } = await story.askPayout(ravi, 400, { isEmiAutoFilled: true })
    await approve(id)
    await platform.settled()
    expect(orders).toEqual([])
    expect(await story.payoutOf(id)).toMatchObject({ status: 'completed', bankReference: null, transferAmount: 0n })
    expect((await story.bookingOf(booking.id)).totalPaid).toBe(rupees(380))
    expect((await story.walletOf(ravi)).totalWithdrawn).toBe(rupees(400))
  })

  test('tax goes into the quarter and financial year in India in which the payout is completed', async () => {
    const ravi = await aMemberWith(3_000)
    const yearEnd = startOfIstDay('2027-04-01').getTime()
    const [before, across, after] = [1, 2, 3].map(() => story.askPayout(ravi, 1_000))
    platform.clock.set(new Date(yearEnd - 1))
    await approve((await before!).id)
    await platform.settled()
    await approve((await across!).id)
    platform.clock.set(new Date(yearEnd))
    await platform.settled()
    await approve((await after!).id)
    await platform.settled()
    const records = await platform.deps.db.read.tdsRecord.findMany({ where: { userId: ravi }, orderBy: { id: 'asc' } })
    expect(records).toMatchObject([
      { financialYear: '2026-27', totalPayout: rupees(1_000), q4Tds: rupees(50), q1Tds: 0n },
      { financialYear: '2027-28', totalPayout: rupees(2_000), q1Tds: rupees(100), q4Tds: 0n },
    ])
  })

  test('a transfer that the bank says nothing about takes its place behind the others, and is settled when it answers', async () => {
    const ravi = await aMemberWith(1_000)
    const { id } = await story.askPayout(ravi, 500)
    await approve(id)
    let answer: TransferResult | null = null
    const slowBank: Bank = {
      ...bank,
      transfer: async () => ({ state: 'underway', transferId: `at-bank-${id}` }),
      async lookUp() {
        if (answer === null) throw new Error('The bank does not answer.')
        return answer
      },
    }
    const deps = { ...platform.deps, bank: slowBank }
    const result = await orderTransfer(deps, { payoutId: id })
    await deps.db.transaction((tx) => settleTransfer(tx, deps, { payoutId: id, result }))
    platform.clock.advance(60_000)
    expect(await followTransfers(deps)).toBe(0)
    expect(await story.payoutOf(id)).toMatchObject({ status: 'processing', updatedAt: platform.clock.now() })
    answer = { state: 'processed', bankReference: `UTR-late-${id}` }
    expect(await followTransfers(deps)).toBe(1)
    expect(await story.payoutOf(id)).toMatchObject({ status: 'completed', bankReference: `UTR-late-${id}` })
    expect((await story.walletOf(ravi)).balance).toBe(rupees(500))
  })
})
