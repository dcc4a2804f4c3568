import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { paymentMethods } from './bookings/receive-payment.ts'
import { journalLines } from './ledger.ts'
import { rupees, shareOf, sumPaise } from './money.ts'
import { buyerId, type Command, referrerId, World } from './testing/world.ts'
import { available } from './wallet/wallet.ts'

const index = fc.nat(5)
const anyAmount = fc.oneof(
  fc.constantFrom(rupees(500), rupees(5_000), rupees(900), 1n, 0n, -1n),
  fc.bigInt({ min: 1n, max: rupees(9_000) }),
)

const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ do: fc.constant('book' as const), total: fc.constantFrom(rupees(900), rupees(7_000), rupees(20_000)) }),
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('pay' as const),
      booking: index,
      amount: anyAmount,
      // Members choose any method but the deduction, which only the rules make.
      method: fc.constantFrom(...paymentMethods.filter((method) => method !== 'emi_deduction')),
    }),
  },
  fc.record({ do: fc.constant('wait' as const), days: fc.constantFrom(1, 10, 31) }),
  fc.record({ do: fc.constantFrom('expire' as const, 'cancel' as const), booking: index }),
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('refund' as const),
      payment: fc.nat(20),
      amount: fc.oneof(fc.constant('all' as const), anyAmount),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('pair' as const), isReferrer: fc.boolean(), isActiveBuyer: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('request' as const),
      isReferrer: fc.boolean(),
      amount: fc.oneof(fc.constant('all' as const), anyAmount),
      isEmiAutoFilled: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'approve' as const,
        'approve' as const,
        'complete' as const,
        'complete' as const,
        'reject' as const,
        'cancel-payout' as const,
        'fail' as const,
      ),
      payout: index,
    }),
  },
)

/** Everything that must hold of the books, whatever has happened. */
function expectBooksInOrder(world: World): void {
  for (const entry of world.journals) expect(sumPaise(journalLines(entry).map(({ amount }) => amount))).toBe(0n)
  expect(sumPaise(world.accounts.values())).toBe(0n)
  for (const [id, wallet] of world.wallets) {
    expect(available(wallet) >= 0n && wallet.held >= 0n).toBe(true)
    expect(world.account(`member_wallet:${id}`)).toBe(available(wallet))
    expect(world.account(`member_hold:${id}`)).toBe(wallet.held)
    expect(world.account(`member_emi_reserve:${id}`)).toBe(wallet.emiReserve)
    expect(world.account(`member_recoverable:${id}`)).toBe(-wallet.recoverable)
    const payouts = world.payouts.filter(({ userId }) => userId === id)
    const heldFor = payouts.filter(({ status }) => status === 'pending' || status === 'processing')
    const completed = payouts.filter(({ status }) => status === 'completed')
    expect(wallet.held).toBe(sumPaise(heldFor.map(({ amounts }) => amounts.requested)))
    expect(wallet.totalWithdrawn).toBe(sumPaise(completed.map(({ amounts }) => amounts.requested)))
    const rows = world.journals.flatMap(({ statement }) => statement.filter(({ userId }) => userId === id))
    let balance = 0n
    for (const row of rows) {
      balance += row.amount
      if (balance < 0n) throw new Error(`The statement of member ${id} goes below zero at ${row.description}.`)
    }
    expect(balance).toBe(wallet.balance)
  }
  for (const booking of world.bookings) {
    expect(world.account(`booking_receipts:${booking.id}`)).toBe(booking.totalPaid)
    expect(booking.totalPaid >= 0n && booking.totalPaid <= booking.total).toBe(true)
    expect(booking.completedAt !== null).toBe(booking.status === 'completed')
    const payments = world.payments.filter(({ bookingId }) => bookingId === booking.id)
    expect(sumPaise(payments.map(({ amount, refunded }) => amount - refunded))).toBe(booking.totalPaid)
  }
  for (const { id, amount, refunded } of world.payments) {
    const bonus = world.bonuses.get(id)
    if (bonus) expect(bonus.amount - bonus.reversed).toBe(shareOf(amount - refunded, 500))
  }
}

test('whatever happens in whatever order, the books are in order', () => {
  fc.assert(
    fc.property(fc.array(anyCommand, { minLength: 30, maxLength: 100, size: 'max' }), (commands) => {
      const world = new World()
      for (const command of commands) world.run(command)
      expectBooksInOrder(world)
    }),
    { numRuns: 2_000 },
  )
})

describe('one story in full', () => {
  const world = new World()
  const run = (...commands: Command[]) => commands.map((command) => world.run(command))

  test('a booking confirms with its second payment and both earn their bonus', () => {
    run({ do: 'book', total: rupees(20_000) }, { do: 'pay', booking: 0, amount: rupees(500), method: 'online' })
    expect(world.wallet(referrerId).balance).toBe(0n)
    run({ do: 'pay', booking: 0, amount: rupees(4_500), method: 'online' })
    expect(world.wallet(referrerId)).toMatchObject({ balance: rupees(250), totalEarned: rupees(250) })
  })

  test('the sixth pair of a member who is no Active Buyer pays 100 into the booking', () => {
    for (let pair = 1; pair <= 6; pair += 1) run({ do: 'pair', isReferrer: false, isActiveBuyer: false })
    expect(world.wallet(buyerId)).toMatchObject({ balance: rupees(2_900), emiReserve: 0n, totalEarned: rupees(3_000) })
    expect(world.bookings[0]!.totalPaid).toBe(rupees(5_100))
  })

  test('a payout is paid once, and its EMI reaches the booking', () => {
    run(
      { do: 'request', isReferrer: false, amount: rupees(2_000), isEmiAutoFilled: true },
      { do: 'approve', payout: 0 },
    )
    expect(run({ do: 'complete', payout: 0 }, { do: 'complete', payout: 0 })).toEqual(['done', 'refused'])
    expect(world.wallet(buyerId)).toMatchObject({ balance: rupees(900), held: 0n, totalWithdrawn: rupees(2_000) })
    expect(world.account('tds_payable')).toBe(rupees(100))
    expect(world.bookings[0]!.totalPaid).toBe(rupees(7_000))
  })

  test('the referrer withdraws, the booking is cancelled, and the bonus is owed and recovered', () => {
    run(
      { do: 'request', isReferrer: true, amount: rupees(250), isEmiAutoFilled: false },
      { do: 'approve', payout: 1 },
      { do: 'complete', payout: 1 },
      { do: 'cancel', booking: 0 },
    )
    expect(world.wallet(buyerId).balance).toBe(rupees(7_900))
    expect(world.wallet(referrerId)).toMatchObject({ balance: 0n, recoverable: rupees(250), totalEarned: 0n })
    run({ do: 'pair', isReferrer: true, isActiveBuyer: false })
    expect(world.wallet(referrerId)).toMatchObject({ balance: rupees(250), recoverable: 0n, totalEarned: rupees(500) })
    expectBooksInOrder(world)
  })
})
