import { ledgerSums, plans, type Reader } from '@ev/db'
import {
  activeBuyer,
  creditableAt,
  financialYear,
  isClosed,
  type PaidByMethod,
  quarter,
  quarters,
  referralBonus,
  refundKey,
} from '@ev/domain'
import type { Deps } from '../deps.ts'
import { type Difference, type Findings, findings, type Progress } from '../verification.ts'
import { verifyAdjustments, verifyHolds } from './verify-payouts.ts'

const listed = 1_000

/**
 * Recomputes what the journal says and compares it with every stored figure: entries, wallets and their statements, bookings, instalments,
 * bonuses, pairs, payouts, tax, Active Buyers. Answers every difference; an empty list means that each rupee is explained. It reads
 * page by page without a lock, so a figure that changes meanwhile can show as a difference: run it again, or at rest. Credits are made by
 * messages: one that is missing counts once the payment or pair is older than `settledAfterMs` and its cooling-off is over.
 */
export async function verifyLedger(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { progress, settledAfterMs }: { progress: Progress; settledAfterMs: number },
): Promise<Difference[]> {
  const reader = db.read
  const settledBefore = new Date(clock.now().getTime() - settledAfterMs)
  const found = findings()
  progress('journal entries balance')
  for (const { entryId, sum } of await ledgerSums.unbalancedEntries(reader, listed)) {
    found.differences.push({
      check: 'entry.balances',
      subject: `journal entry ${entryId}`,
      expected: '0 over its lines',
      actual: String(sum),
    })
  }
  progress('wallets')
  await verifyWallets(reader, found)
  progress('bookings and instalments')
  await verifyBookings(reader, found)
  progress('refunds')
  await verifyRefunds(reader, found)
  progress('referral bonuses')
  await verifyBonuses(reader, found, settledBefore)
  progress('pairs and earnings')
  await verifyPairs(reader, found, settledBefore)
  progress('payouts and tax')
  await verifyPayouts(reader, found)
  progress('holds, batches and adjustments')
  await verifyHolds(reader, found)
  await verifyAdjustments(reader, found)
  progress('active buyers')
  await verifyActiveBuyers(reader, found, clock.now())
  return found.differences
}

async function verifyWallets(reader: Reader, found: Findings): Promise<void> {
  const sums = new Map<string, bigint>()
  for (const { ownerId, kind, amount } of await ledgerSums.memberSums(reader)) sums.set(`${kind}:${ownerId}`, amount)
  const [statements, earned, withdrawn, held] = [
    await ledgerSums.statementSums(reader),
    await ledgerSums.earnedSums(reader),
    await ledgerSums.payoutSums(reader, ['completed']),
    await ledgerSums.payoutSums(reader, ['pending', 'processing']),
  ]
  for await (const page of ledgerSums.walletPages(reader)) {
    for (const wallet of page) {
      const subject = `wallet ${wallet.id} of member ${wallet.userId}`
      const of = (kind: string) => sums.get(`${kind}:${wallet.userId}`) ?? 0n
      found.expectEqual('wallet.balance', subject, {
        expected: of('member_wallet') + of('member_hold'),
        actual: wallet.balance,
      })
      found.expectEqual('wallet.held', subject, { expected: of('member_hold'), actual: wallet.held })
      found.expectEqual('wallet.held_by_payouts', subject, {
        expected: held.get(wallet.userId) ?? 0n,
        actual: wallet.held,
      })
      found.expectEqual('wallet.emi_reserve', subject, {
        expected: of('member_emi_reserve'),
        actual: wallet.emiReserve,
      })
      found.expectEqual('wallet.recoverable', subject, {
        expected: -of('member_recoverable'),
        actual: wallet.recoverable,
      })
      found.expectEqual('wallet.statement', subject, {
        expected: wallet.balance,
        actual: statements.get(wallet.userId)?.total ?? 0n,
      })
      found.expectEqual('wallet.total_earned', subject, {
        expected: earned.get(wallet.userId) ?? 0n,
        actual: wallet.totalEarned,
      })
      found.expectEqual('wallet.total_withdrawn', subject, {
        expected: withdrawn.get(wallet.userId) ?? 0n,
        actual: wallet.totalWithdrawn,
      })
    }
  }
  for (const { id, userId } of await ledgerSums.brokenChains(reader, listed)) {
    found.expectEqual('wallet.chain', `wallet transaction ${id} of member ${userId}`, {
      expected: 'begins where the one before ended',
      actual: 'does not',
    })
  }
}

async function verifyBookings(reader: Reader, found: Findings): Promise<void> {
  const receipts = await ledgerSums.bookingSums(reader)
  const paid = await ledgerSums.paymentSums(reader)
  const refunded = await ledgerSums.refundSums(reader, 'bookingId')
  const instalments = await ledgerSums.instalmentSums(reader)
  for await (const page of ledgerSums.bookingPages(reader)) {
    for (const booking of page) {
      const subject = `booking ${booking.id}`
      found.expectEqual('booking.total_paid', subject, {
        expected: receipts.get(booking.id) ?? 0n,
        actual: booking.totalPaid,
      })
      found.expectEqual('booking.payments', subject, {
        expected: paid.get(booking.id) ?? 0n,
        actual: booking.totalPaid,
      })
      if (isClosed(booking.status)) continue
      // A completed booking stays completed when some of it is refunded, and lacks no more than that.
      const missing = booking.totalAmount - booking.totalPaid
      const isCompleted = booking.status === 'completed'
      const mayBeCompleted = missing === 0n || (isCompleted && missing <= (refunded.get(booking.id) ?? 0n))
      found.expectEqual('booking.completed', subject, { expected: mayBeCompleted, actual: isCompleted })
      if (booking.paymentOption !== 'emi_options') continue
      const beyondBookingAmount =
        booking.totalPaid > booking.bookingAmount ? booking.totalPaid - booking.bookingAmount : 0n
      const own = instalments.get(booking.id) ?? { paid: 0n, paidCount: 0 }
      found.expectEqual('booking.instalments', subject, { expected: beyondBookingAmount, actual: own.paid })
      found.expectEqual('booking.emi_paid_count', subject, { expected: own.paidCount, actual: booking.emiPaidCount })
    }
  }
}

/** Every payment says what its refunds add up to, and every refund left the booking's receipts. */
async function verifyRefunds(reader: Reader, found: Findings): Promise<void> {
  const refunded = await ledgerSums.refundSums(reader, 'paymentId')
  for await (const page of ledgerSums.paymentPages(reader)) {
    for (const { id, amount, refundedAmount, status, booking } of page) {
      const subject = `payment ${id}`
      const isReceived = status === 'completed' || status === 'refunded'
      // A closed booking gives everything back in one entry, beside what was refunded before.
      const inAll = isReceived && isClosed(booking.status) ? amount : (refunded.get(id) ?? 0n)
      found.expectEqual('payment.refunded_amount', subject, { expected: inAll, actual: refundedAmount })
      if (isReceived)
        found.expectEqual('payment.refunded', subject, {
          expected: refundedAmount === amount,
          actual: status === 'refunded',
        })
    }
  }
  for await (const page of ledgerSums.refundPages(reader)) {
    const posted = await ledgerSums.receiptsOfEntries(
      reader,
      page.map(({ id }) => refundKey(id)),
    )
    for (const { id, amount } of page) {
      const actual = posted.get(refundKey(id)) ?? 0n
      found.expectEqual('refund.posted', `refund ${id}`, { expected: -amount, actual })
    }
  }
}

/** Every payment has the bonus that it should have, of the right amount net of refunds and reversals, for the right member. */
async function verifyBonuses(reader: Reader, found: Findings, settledBefore: Date): Promise<void> {
  for await (const page of ledgerSums.bonusPages(reader)) {
    for (const { id, amount, refundedAmount, paymentMethod, completedAt, referralBonus: bonus, booking } of page) {
      const since = [completedAt, booking.confirmedAt].reduce((a, b) => (a && b && a > b ? a : b)) ?? booking.createdAt
      const plan = bonus ? await plans.version(reader, bonus.planVersion) : await plans.current(reader, since)
      const expected = referralBonus(
        {
          payment: { id, amount: amount - refundedAmount, method: paymentMethod },
          booking: {
            userId: booking.userId,
            status: booking.status,
            confirmedAt: booking.confirmedAt,
            referrerId: booking.referredById,
          },
          memberReferrerId: booking.user.referredById,
        },
        plan,
      )
      if (!bonus && creditableAt(since, plan) > settledBefore) continue
      found.expectEqual('bonus.amount', `bonus of payment ${id}`, {
        expected: expected?.amount ?? 0n,
        actual: bonus ? bonus.amount - bonus.reversedAmount : 0n,
      })
      if (!expected) continue
      found.expectEqual('bonus.referrer', `bonus of payment ${id}`, {
        expected: expected.referrerId,
        actual: bonus?.referrerId ?? null,
      })
    }
  }
}

async function verifyPairs(reader: Reader, found: Findings, settledBefore: Date): Promise<void> {
  for await (const page of ledgerSums.pairPages(reader)) {
    for (const { id, status, matchedAt, planVersion, earningAmount, earning, pairNumber } of page) {
      const subject = `pair ${id}`
      found.expectEqual('pair.processed', subject, { expected: status === 'processed', actual: earning !== null })
      if (!earning) {
        const plan = await plans.version(reader, planVersion)
        if (creditableAt(matchedAt, plan) <= settledBefore)
          found.expectEqual('pair.credited', subject, { expected: true, actual: false })
        continue
      }
      found.expectEqual('pair.earning', subject, { expected: earningAmount, actual: earning.amount })
      found.expectEqual('pair.number', subject, { expected: pairNumber, actual: earning.pairNumber })
      found.expectEqual('pair.parts', subject, {
        expected: earning.amount,
        actual: earning.netAmount + earning.emiDeducted,
      })
    }
  }
}

async function verifyPayouts(reader: Reader, found: Findings): Promise<void> {
  for (const { id, parts, requested } of await ledgerSums.unequalPayouts(reader, listed)) {
    found.expectEqual('payout.parts', `payout ${id}`, { expected: requested, actual: parts })
  }
  const expected = new Map<string, bigint>()
  const withoutRecord = new Set<string>()
  const add = (key: string, amount: bigint) => expected.set(key, (expected.get(key) ?? 0n) + amount)
  let withheld = 0n
  for await (const page of ledgerSums.completedPayoutPages(reader)) {
    for (const { userId, requestedAmount, tdsAmount, completedAt } of page) {
      const year = `${userId}:${financialYear(completedAt!)}`
      withoutRecord.add(year)
      add(`${year}:payout`, requestedAmount)
      add(`${year}:tds`, tdsAmount)
      add(`${year}:${quarter(completedAt!)}`, tdsAmount)
      add(`${year}:${quarter(completedAt!)}:payout`, requestedAmount)
      withheld += tdsAmount
    }
  }
  for await (const page of ledgerSums.tdsRecordPages(reader)) {
    for (const record of page) {
      const subject = `tax record ${record.id} of member ${record.userId} for ${record.financialYear}`
      const year = `${record.userId}:${record.financialYear}`
      withoutRecord.delete(year)
      const of = (what: string) => expected.get(`${year}:${what}`) ?? 0n
      found.expectEqual('tax.total_payout', subject, { expected: of('payout'), actual: record.totalPayout })
      found.expectEqual('tax.deducted', subject, { expected: of('tds'), actual: record.tdsDeducted })
      found.expectEqual('tax.quarters', subject, {
        expected: [of('Q1'), of('Q2'), of('Q3'), of('Q4')].join(' '),
        actual: [record.q1Tds, record.q2Tds, record.q3Tds, record.q4Tds].join(' '),
      })
      found.expectEqual('tax.quarter_payouts', subject, {
        expected: quarters.map((name) => of(`${name}:payout`)).join(' '),
        actual: [record.q1Payout, record.q2Payout, record.q3Payout, record.q4Payout].join(' '),
      })
    }
  }
  for (const year of withoutRecord) {
    const [userId, financialYear] = year.split(':')
    const subject = `tax of member ${userId} for ${financialYear}`
    found.expectEqual('tax.record', subject, { expected: 'a record', actual: 'none' })
  }
  found.expectEqual('tax.payable', 'account tds_payable', {
    expected: withheld,
    actual: await ledgerSums.accountSum(reader, 'tds_payable'),
  })
}

async function verifyActiveBuyers(reader: Reader, found: Findings, now: Date): Promise<void> {
  const plan = await plans.current(reader, now)
  const paid = new Map<number, PaidByMethod>()
  for (const { userId, method, amount } of await ledgerSums.paidByMember(reader)) {
    paid.set(userId, { ...paid.get(userId), [method]: amount })
  }
  for await (const page of ledgerSums.memberPages(reader)) {
    for (const { id, isActiveBuyer } of page) {
      found.expectEqual('member.active_buyer', `member ${id}`, {
        expected: activeBuyer(paid.get(id) ?? {}, plan),
        actual: isActiveBuyer,
      })
    }
  }
}
