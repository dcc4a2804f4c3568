import type { Database } from '@ev/db'
import { dayOf } from './model/calendar.ts'
import { paidParts } from './model/instalments.ts'
import type { Booking, Model } from './model/state.ts'
import type { SimulatedPlatform } from './platform.ts'
import { adminId } from './steps/clients/actors.ts'

type Figures = Record<string, unknown>

/** Everything that the model knows, next to what is stored; answers each row that differs. */
export async function compare(platform: SimulatedPlatform, model: Model): Promise<string[]> {
  const found: string[] = []
  const stored = await readStored(platform.db)
  const today = dayOf(platform.clock.now())
  const expected = expectedFigures(model, today)
  for (const kind of new Set([...stored.keys(), ...expected.keys()])) {
    const actual = stored.get(kind)
    const right = expected.get(kind)
    if (text(actual) !== text(right)) found.push(`${kind}: the platform has ${text(actual)}, the model ${text(right)}`)
  }
  for (const problem of bankDifferences(platform, model)) found.push(problem)
  return found
}

const text = (value: unknown): string =>
  value === undefined
    ? 'nothing'
    : JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? String(each) : each))

function expectedFigures(model: Model, today: string): Map<string, Figures> {
  const rows = new Map<string, Figures>()
  for (const { id, isActiveBuyer, balance, held, reserve, recoverable, earned, withdrawn } of model.members.values()) {
    if (id === adminId) continue
    rows.set(`member ${id}`, { isActiveBuyer, balance, held, reserve, recoverable, earned, withdrawn })
  }
  for (const { id, stock, isSoldOut } of model.vehicles.values()) rows.set(`vehicle ${id}`, { stock, isSoldOut })
  for (const booking of model.bookings.values()) {
    const { id, status, paid, total, member } = booking
    const isConfirmed = booking.confirmedAt !== null
    rows.set(`booking ${id}`, { member, status, paid, total, isConfirmed, parts: partsOf(booking, today) })
  }
  for (const { id, booking, amount, method, refunded, status, bonus } of model.payments.values()) {
    const earned = bonus && { referrer: bonus.referrer, amount: bonus.amount, reversed: bonus.reversed }
    rows.set(`payment ${id}`, { booking, amount, method, refunded, status, bonus: earned })
  }
  for (const { id, member, requested, tds, emi, transfer, status, batch } of model.payouts.values()) {
    rows.set(`payout ${id}`, { member, requested, tds, emi, transfer, status, batch })
  }
  for (const { id, member, number, left, right, month, isActiveBuyer, plan, ...pair } of model.pairs.values()) {
    const earning = plan.pairEarning
    const status = pair.isReversed ? 'reversed' : pair.isCredited ? 'processed' : 'matched'
    const takenBack = pair.isTakenBack ? earning : 0n
    rows.set(`pair ${id}`, { member, number, left, right, month, isActiveBuyer, earning, status, takenBack })
  }
  for (const [key, { payout, tds, quarters }] of model.taxes) {
    rows.set(`tax ${key}`, { payout, tds, quarters: quarters.map((sums) => [sums.payout, sums.tds]) })
  }
  for (const [seq, member] of model.tree.members().entries()) {
    const { sponsor, parent, side, level } = model.tree.position(member)
    const { left, right } = model.tree.counts(member)
    const legs = [left, right].map(({ team, qualified, consumed }) => [team, qualified, consumed])
    rows.set(`node ${seq + 1}`, { member, sponsor, parent, side, level, legs })
    for (const flush of model.tree.flushes(member)) {
      rows.set(`flush ${member} ${flush.month}`, { members: flush.left.length + flush.right.length })
    }
  }
  return rows
}

/** Instalments are marked while their booking is open. */
function partsOf(booking: Booking, today: string): unknown {
  const isOpen = booking.status === 'pending' || booking.status === 'active'
  if (!booking.isEmi || !isOpen) return null
  const isBookingAmountPaid = booking.paid >= booking.bookingAmount
  return paidParts(booking).map((paid, k) => {
    const { principal, due } = booking.parts[k]!
    const isPaid = isBookingAmountPaid && paid === principal
    const status = isPaid ? 'paid' : due < today ? 'overdue' : paid > 0n ? 'partial' : 'pending'
    return [due, principal, paid, status]
  })
}

async function readStored({ read }: Database): Promise<Map<string, Figures>> {
  const rows = new Map<string, Figures>()
  const active = new Map((await read.user.findMany()).map(({ id, isActiveBuyer }) => [id, isActiveBuyer]))
  for (const wallet of await read.wallet.findMany({ where: { userId: { not: adminId } } })) {
    const { userId, balance, held, emiReserve, recoverable, totalEarned, totalWithdrawn } = wallet
    rows.set(`member ${userId}`, {
      ...{ isActiveBuyer: active.get(userId), balance, held, reserve: emiReserve, recoverable },
      ...{ earned: totalEarned, withdrawn: totalWithdrawn },
    })
  }
  for (const { id, stockQuantity, status } of await read.vehicle.findMany()) {
    rows.set(`vehicle ${id}`, { stock: stockQuantity, isSoldOut: status === 'out_of_stock' })
  }
  const bookings = await read.booking.findMany({ include: { instalments: { orderBy: { number: 'asc' } } } })
  for (const { id, userId, status, totalPaid, totalAmount, confirmedAt, paymentOption, instalments } of bookings) {
    const isOpen = status === 'pending' || status === 'active'
    const parts =
      paymentOption === 'emi_options' && isOpen
        ? instalments.map(({ dueDate, principal, paidAmount, status }) => [dueDate, principal, paidAmount, status])
        : null
    const isConfirmed = confirmedAt !== null
    rows.set(`booking ${id}`, { member: userId, status, paid: totalPaid, total: totalAmount, isConfirmed, parts })
  }
  for (const payment of await read.payment.findMany({ include: { referralBonus: true } })) {
    const { id, bookingId, amount, paymentMethod, refundedAmount, status, referralBonus } = payment
    const bonus = referralBonus && {
      ...{ referrer: referralBonus.referrerId, amount: referralBonus.amount, reversed: referralBonus.reversedAmount },
    }
    rows.set(`payment ${id}`, {
      ...{ booking: bookingId, amount, method: paymentMethod, refunded: refundedAmount, status, bonus },
    })
  }
  await readPayouts(read, rows)
  await readTree(read, rows)
  return rows
}

async function readPayouts(read: Database['read'], rows: Map<string, Figures>): Promise<void> {
  for (const row of await read.payout.findMany()) {
    const { id, userId, requestedAmount, tdsAmount, emiAmount, transferAmount, status, batchId } = row
    rows.set(`payout ${id}`, {
      ...{ member: userId, requested: requestedAmount, tds: tdsAmount, emi: emiAmount, transfer: transferAmount },
      ...{ status, batch: batchId },
    })
  }
  for (const row of await read.tdsRecord.findMany()) {
    rows.set(`tax ${row.userId}:${row.financialYear}`, {
      payout: row.totalPayout,
      tds: row.tdsDeducted,
      quarters: [
        [row.q1Payout, row.q1Tds],
        [row.q2Payout, row.q2Tds],
        [row.q3Payout, row.q3Tds],
        [row.q4Payout, row.q4Tds],
      ],
    })
  }
}

async function readTree(read: Database['read'], rows: Map<string, Figures>): Promise<void> {
  for (const pair of await read.pair.findMany({ include: { earning: true } })) {
    const { id, userId, pairNumber, leftUserId, rightUserId, month, isActiveBuyer, earningAmount, status } = pair
    rows.set(`pair ${id}`, {
      ...{ member: userId, number: pairNumber, left: leftUserId, right: rightUserId, month, isActiveBuyer },
      ...{ earning: earningAmount, status, takenBack: pair.earning?.reversedAmount ?? 0n },
    })
  }
  const placements = await read.placement.findMany({ include: { legs: true }, orderBy: { seq: 'asc' } })
  const memberAt = new Map(placements.map(({ seq, userId }) => [seq, userId]))
  const at = (seq: number | null) => (seq === null ? null : memberAt.get(seq))
  for (const { seq, userId, sponsorSeq, parentSeq, side, level, legs } of placements) {
    rows.set(`node ${seq}`, {
      ...{ member: userId, sponsor: at(sponsorSeq), parent: at(parentSeq), side, level },
      legs: [
        [legs?.leftTeam, legs?.leftQualified, legs?.leftConsumed],
        [legs?.rightTeam, legs?.rightQualified, legs?.rightConsumed],
      ],
    })
  }
  for (const { userId, month, memberCount } of await read.pairFlush.findMany()) {
    rows.set(`flush ${userId} ${month}`, { members: memberCount })
  }
}

/** The bank made exactly the transfers that are booked, each once and of the right amount. */
function bankDifferences({ bank }: SimulatedPlatform, model: Model): string[] {
  const made = [...bank.transfers.values()].filter(({ result }) => result.state === 'processed')
  const right = [...model.payouts.values()].filter(
    ({ status, batch, transfer }) => status === 'completed' && batch === null && transfer > 0n,
  )
  const actual = made.map(({ order }) => `${order.reference} ${order.amount}`).sort()
  const expected = right.map(({ id, transfer }) => `payout-${id} ${transfer}`).sort()
  return text(actual) === text(expected)
    ? []
    : [`transfers: the bank made ${text(actual)}, the books say ${text(expected)}`]
}
