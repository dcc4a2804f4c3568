import type { paymentFigures, StoredEntry } from '@ev/db'
import {
  creditableAt,
  creditReferral,
  emptyWallet,
  type Journal,
  referralBonus,
  reversedInAll,
  reverseReferral,
} from '@ev/domain'
import { compareEntries } from './compare-entries.ts'
import type { Verification } from './verification.ts'

type PaymentRow = Awaited<ReturnType<ReturnType<typeof paymentFigures.readPayments>>>[number]
type BonusRow = NonNullable<PaymentRow['referralBonus']>

/** The bonus of one payment: of the right amount net of refunds and reversals, for the right member, and posted as its record says. */
export function verifyBonus(
  verification: Verification,
  { row, entries }: { row: PaymentRow; entries: StoredEntry[] },
): void {
  const { found } = verification
  const { referralBonus: bonus } = row
  const subject = `bonus of payment ${row.id}`
  compareEntries(found, {
    kind: 'bonus',
    subject,
    expected: () => (bonus ? bonusJournals(bonus, entries) : []),
    actual: entries,
  })
  const isConfirmed = row.status === 'completed' && row.booking.confirmedAt !== null
  const wasCreditedBefore = row.id <= verification.before.lastPaymentId
  if (!bonus && (!isConfirmed || wasCreditedBefore)) return
  const expected = deserved(verification, row)
  if (expected === 'not yet') return
  found.expectEqual('bonus.amount', subject, {
    expected: expected?.amount ?? 0n,
    actual: bonus ? bonus.amount - bonus.reversedAmount : 0n,
  })
  if (!expected) return
  found.expectEqual('bonus.referrer', subject, {
    expected: expected.referrerId,
    actual: bonus?.referrerId ?? null,
  })
}

/** What the payment has earned, net of what was refunded; `not yet` while nobody has to have credited it. */
function deserved({ plans, settledBefore }: Verification, row: PaymentRow) {
  const { id, amount, refundedAmount, paymentMethod, completedAt, referralBonus: bonus, booking } = row
  const instants = [booking.createdAt, completedAt ?? booking.createdAt, booking.confirmedAt ?? booking.createdAt]
  const since = new Date(Math.max(...instants.map((at) => at.getTime())))
  const plan = bonus ? plans.version(bonus.planVersion) : plans.current(since)
  if (!bonus && creditableAt(since, plan) > settledBefore) return 'not yet'
  return referralBonus(
    {
      payment: { id, amount: amount - refundedAmount, method: paymentMethod },
      booking: { ...booking, referrerId: booking.referredById },
      memberReferrerId: booking.user.referredById,
    },
    plan,
  )
}

/** What is posted of a bonus: its credit, and what was taken back of it in as many steps as the entries say. */
function bonusJournals(bonus: BonusRow, entries: readonly StoredEntry[]): Journal[] {
  const { paymentId, referrerId, amount, reversedAmount } = bonus
  const journals = [creditReferral({ paymentId, referrerId, amount }, emptyWallet(referrerId))]
  const steps = entries
    .flatMap(({ key }) => reversedInAll(key, paymentId) ?? [])
    .filter((step) => step < reversedAmount)
    .sort((a, b) => (a < b ? -1 : 1))
  let reversed = 0n
  for (const step of reversedAmount > 0n ? [...steps, reversedAmount] : []) {
    const credited = { paymentId, referrerId, amount, reversed }
    const taken = reverseReferral(credited, { kept: amount - step }, { ...emptyWallet(referrerId), balance: amount })
    if (taken) journals.push(taken.journal)
    reversed = step
  }
  return journals
}
