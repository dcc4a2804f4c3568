import { approvePayout, cancelBooking, createBatch, depositToWallet, refundPayment } from '@ev/application'
import { eachDatabase } from '@ev/db/testing'
import { rupees } from '@ev/domain'
import { beforeAll, expect, test } from 'vitest'
import { aQuietPlatform, type QuietPlatform } from '../testing/a-platform.ts'
import { checksOf, type Spoil, spoiled } from '../testing/spoiled.ts'
import { actor, stories } from '../testing/stories.ts'

eachDatabase((_name, makeDatabase) => {
  let platform: QuietPlatform
  let asha: number
  let ravi: number

  // Bonuses, seven pairs with deductions, an EMI booking, a completed payout and one that still holds money; a completed booking with a
  // refund, and a cancelled one.
  beforeAll(async () => {
    platform = await aQuietPlatform((await makeDatabase()).database)
    const story = stories(platform)
    const admin = await platform.aMember()
    asha = (await platform.aMember()).id
    ravi = (await platform.aMember(asha)).id
    for (let n = 0; n < 13; n += 1) await platform.aMember(asha)
    const emi = await story.aBooking(ravi, { emiMonths: 6, price: 20_500 })
    await story.pay(ravi, emi.id, 8_500)
    const bought = await story.aBooking(ravi)
    const { value: whole } = await story.pay(ravi, bought.id, 100_000)
    const cancelled = await story.aBooking(ravi)
    await story.pay(ravi, cancelled.id, 6_000)
    await platform.settled()
    const refund = { actor: actor(admin.id, 'admin'), idempotency: null, paymentId: whole.id, reason: 'Scratched' }
    await refundPayment(platform.deps, { ...refund, amount: rupees(2_000) })
    await cancelBooking(platform.deps, { actor: actor(ravi), idempotency: null, bookingId: cancelled.id, reason: '' })
    const payout = await story.askPayout(asha, 1_000)
    await approvePayout(platform.deps, { actor: actor(admin.id, 'admin'), payoutId: payout.id, idempotency: null })
    await platform.settled()
    const boss = actor(admin.id, 'admin')
    const batched = await story.askPayout(asha, 300)
    await createBatch(platform.deps, { actor: boss, payoutIds: [batched.id], idempotency: null })
    const deposit = { userId: ravi, amount: 5_000n, reason: 'Cash' }
    await depositToWallet(platform.deps, { actor: boss, idempotency: null, ...deposit })
    await story.askPayout(asha, 500)
    await platform.settled()
  })

  const ashasWallet: { [column: string]: Spoil } = {}
  for (const column of ['balance', 'held', 'emiReserve', 'recoverable', 'totalEarned', 'totalWithdrawn'] as const) {
    ashasWallet[column] = async (tx) => {
      const { id } = await tx.wallet.update({ where: { userId: asha }, data: { [column]: { increment: 1n } } })
      return `wallet ${id} of member ${asha}`
    }
  }

  /** A row in Asha's statement that no journal explains; `gap` is how far it begins from where the last one ended. */
  const strayRow =
    (gap: bigint): Spoil =>
    async (tx) => {
      const last = await tx.walletTransaction.findFirstOrThrow({ where: { userId: asha }, orderBy: { id: 'desc' } })
      const { id: _, balanceAfter, ...row } = last
      const balanceBefore = balanceAfter + gap
      const stray = { ...row, lineNumber: 99, amount: 1n, balanceBefore, balanceAfter: balanceBefore + 1n }
      const { id } = await tx.walletTransaction.create({ data: stray })
      return gap === 0n ? `wallet ${last.walletId} of member ${asha}` : `wallet transaction ${id} of member ${asha}`
    }

  const bookingOf = (paymentOption: 'emi_options' | 'full_payment') => ({ where: { userId: ravi, paymentOption } })
  const completed = { where: { status: 'completed' } } as const

  const spoils: { readonly [check: string]: Spoil } = {
    'entry.balances': async (tx) => {
      const { id } = await tx.journalEntry.findFirstOrThrow()
      await tx.journalLine.create({ data: { entryId: id, accountKind: 'bank', amount: 1n } })
      return `journal entry ${id}`
    },
    'wallet.balance': ashasWallet['balance']!,
    'wallet.held': ashasWallet['held']!,
    'wallet.held_by_payouts': async (tx) => {
      await tx.payout.updateMany({ where: { status: 'pending' }, data: { status: 'cancelled' } })
      const { id } = await tx.wallet.findUniqueOrThrow({ where: { userId: asha } })
      return `wallet ${id} of member ${asha}`
    },
    'wallet.emi_reserve': ashasWallet['emiReserve']!,
    'wallet.recoverable': ashasWallet['recoverable']!,
    'wallet.total_earned': ashasWallet['totalEarned']!,
    'wallet.total_withdrawn': ashasWallet['totalWithdrawn']!,
    'wallet.statement': strayRow(0n),
    'wallet.chain': strayRow(7n),
    'booking.total_paid': async (tx) => {
      const { id } = await tx.booking.findFirstOrThrow(bookingOf('emi_options'))
      await tx.booking.update({ where: { id }, data: { totalPaid: { increment: 1n } } })
      return `booking ${id}`
    },
    'booking.payments': async (tx) => {
      const { id, bookingId } = await tx.payment.findFirstOrThrow({ where: { userId: ravi } })
      await tx.payment.update({ where: { id }, data: { refundedAmount: 1n } })
      return `booking ${bookingId}`
    },
    'booking.completed': async (tx) => {
      const { id } = await tx.booking.findFirstOrThrow(completed)
      // More is missing than was refunded.
      await tx.booking.update({ where: { id }, data: { totalPaid: { decrement: 1n } } })
      return `booking ${id}`
    },
    'payment.refunded_amount': async (tx) => {
      const { paymentId, id } = await tx.refund.findFirstOrThrow()
      await tx.refund.update({ where: { id }, data: { amount: { increment: 1n } } })
      return `payment ${paymentId}`
    },
    'payment.refunded': async (tx) => {
      const { id } = await tx.payment.findFirstOrThrow({ where: { status: 'refunded' } })
      await tx.payment.update({ where: { id }, data: { status: 'completed' } })
      return `payment ${id}`
    },
    'refund.posted': async (tx) => {
      const { id, ...refund } = await tx.refund.findFirstOrThrow()
      const { id: unposted } = await tx.refund.create({ data: refund })
      return `refund ${unposted}`
    },
    'booking.instalments': async (tx) => {
      const { id, bookingId } = await tx.instalment.findFirstOrThrow({ where: { paidAmount: 0n } })
      await tx.instalment.update({ where: { id }, data: { paidAmount: 1n } })
      return `booking ${bookingId}`
    },
    'booking.emi_paid_count': async (tx) => {
      const { id } = await tx.booking.findFirstOrThrow(bookingOf('emi_options'))
      await tx.booking.update({ where: { id }, data: { emiPaidCount: { increment: 1 } } })
      return `booking ${id}`
    },
    'bonus.amount': async (tx) => {
      const { id, paymentId } = await tx.referralBonus.findFirstOrThrow({ where: { reversedAmount: { gt: 0n } } })
      await tx.referralBonus.update({ where: { id }, data: { reversedAmount: { decrement: 1n } } })
      return `bonus of payment ${paymentId}`
    },
    'bonus.referrer': async (tx) => {
      const { id, paymentId } = await tx.referralBonus.findFirstOrThrow()
      await tx.referralBonus.update({ where: { id }, data: { referrerId: ravi } })
      return `bonus of payment ${paymentId}`
    },
    'pair.processed': async (tx) => {
      const { id } = await tx.pair.findFirstOrThrow()
      await tx.pair.update({ where: { id }, data: { status: 'matched' } })
      return `pair ${id}`
    },
    'pair.credited': async (tx) => {
      const { id } = await tx.pair.findFirstOrThrow()
      await tx.pair.update({ where: { id }, data: { status: 'matched' } })
      await tx.earning.delete({ where: { pairId: id } })
      return `pair ${id}`
    },
    'pair.earning': async (tx) => {
      const { pairId } = await tx.earning.findFirstOrThrow()
      await tx.earning.update({ where: { pairId }, data: { amount: { increment: 1n }, netAmount: { increment: 1n } } })
      return `pair ${pairId}`
    },
    'pair.number': async (tx) => {
      const { pairId } = await tx.earning.findFirstOrThrow()
      await tx.earning.update({ where: { pairId }, data: { pairNumber: 99 } })
      return `pair ${pairId}`
    },
    'pair.parts': async (tx) => {
      const { pairId } = await tx.earning.findFirstOrThrow()
      await tx.earning.update({ where: { pairId }, data: { netAmount: { increment: 1n } } })
      return `pair ${pairId}`
    },
    'pair.reversal_posted': async (tx) => {
      const { pairId, amount } = await tx.earning.findFirstOrThrow()
      await tx.earning.update({ where: { pairId }, data: { reversedAmount: amount } })
      return `pair ${pairId}`
    },
    'pair.reversed': async (tx) => {
      const { id, matchedAt } = await tx.pair.findFirstOrThrow()
      const reversed = { status: 'reversed', standingLeftId: null, standingRightId: null } as const
      await tx.pair.update({ where: { id }, data: { ...reversed, reversedAt: matchedAt, reversedSide: 'left' } })
      return `pair ${id}`
    },
    'payout.parts': async (tx) => {
      const { id, payoutId } = await tx.payoutTransaction.findFirstOrThrow()
      await tx.payoutTransaction.update({ where: { id }, data: { amount: { increment: 1n } } })
      return `payout ${payoutId}`
    },
    'payout.hold': async (tx) => {
      const { id, payoutId } = await tx.hold.findFirstOrThrow({ where: { status: 'captured' } })
      await tx.hold.update({ where: { id }, data: { status: 'active', closedAt: null } })
      return `payout ${payoutId}`
    },
    'payout.entries': async (tx) => {
      const { id } = await tx.payout.findFirstOrThrow({ where: { status: 'pending' } })
      const stray = { key: `payout:${id}:release`, referenceType: 'payout', referenceId: id, createdAt: new Date(0) }
      await tx.journalEntry.create({ data: stray })
      return `payout ${id}`
    },
    'batch.payouts': async (tx) => {
      const { id } = await tx.payoutBatch.findFirstOrThrow()
      await tx.payoutBatch.update({ where: { id }, data: { payoutCount: { increment: 1 } } })
      return `payout batch ${id}`
    },
    'batch.total': async (tx) => {
      const { id } = await tx.payoutBatch.findFirstOrThrow()
      await tx.payout.updateMany({ where: { batchId: id }, data: { batchId: null } })
      return `payout batch ${id}`
    },
    'adjustment.entry': async (tx) => {
      const { id } = await tx.walletAdjustment.findFirstOrThrow()
      await tx.walletAdjustment.update({ where: { id }, data: { amount: { increment: 1n } } })
      return `deposit ${id} of member ${ravi}`
    },
    'tax.total_payout': (tx) => spoilTax(tx, 'totalPayout'),
    'tax.deducted': (tx) => spoilTax(tx, 'tdsDeducted'),
    'tax.quarters': (tx) => spoilTax(tx, 'q1Tds'),
    'tax.quarter_payouts': (tx) => spoilTax(tx, 'q1Payout'),
    'tax.record': async (tx) => {
      await tx.tdsRecord.deleteMany({ where: { userId: asha } })
      return `tax of member ${asha} for 2026-27`
    },
    'tax.payable': async (tx) => {
      const { id: entryId } = await tx.journalEntry.findFirstOrThrow()
      const line = (accountKind: 'bank' | 'tds_payable', amount: bigint) => ({ entryId, accountKind, amount })
      await tx.journalLine.createMany({ data: [line('bank', -1n), line('tds_payable', 1n)] })
      return 'account tds_payable'
    },
    'member.active_buyer': async (tx) => {
      await tx.user.update({ where: { id: asha }, data: { isActiveBuyer: true } })
      return `member ${asha}`
    },
  }

  async function spoilTax(
    tx: Parameters<Spoil>[0],
    column: 'totalPayout' | 'tdsDeducted' | 'q1Tds' | 'q1Payout',
  ): Promise<string> {
    const { id } = await tx.tdsRecord.findFirstOrThrow({ where: { userId: asha } })
    await tx.tdsRecord.update({ where: { id }, data: { [column]: { increment: 1n } } })
    return `tax record ${id} of member ${asha} for 2026-27`
  }

  test('every check has a damage that it finds', () => {
    expect(Object.keys(spoils).sort()).toEqual(checksOf('ledger'))
  })

  test.each(Object.keys(spoils))('%s is reported with the row that differs', async (check) => {
    const { subject, differences } = await spoiled(platform.deps, { verifier: 'ledger', spoil: spoils[check]! })
    expect(differences).toContainEqual(expect.objectContaining({ check, subject }))
  })

  test('nothing is reported of data that nobody damaged', async () => {
    await platform.expectClean()
  })
})
