import { bookings, kyc, payouts, type Reader, type Tx, tdsRecords } from '@ev/db'
import { dueNow, financialYear, istDate, type Paise, type TdsFacts } from '@ev/domain'

/** What is known of the member's tax this financial year, for the decision about the next payout. */
export async function tdsFacts(reader: Reader | Tx, { userId, now }: { userId: number; now: Date }): Promise<TdsFacts> {
  const record = await tdsRecords.find(reader, { userId, financialYear: financialYear(now) })
  // Payouts on their way count as well: asked for one after the other or all at once, the year's tax is the same.
  const open = await payouts.openSums(reader, userId)
  return {
    paidThisYear: (record?.totalPayout ?? 0n) + open.requested,
    tdsThisYear: (record?.tdsDeducted ?? 0n) + open.tds,
    hasPan: (await kyc.standing(reader, userId)).hasPan,
  }
}

/** What the member's oldest open EMI booking owes on its due instalments, or else on the next one; nothing without such a booking. */
export async function emiDueOf(reader: Reader | Tx, { userId, now }: { userId: number; now: Date }): Promise<Paise> {
  const booking = await bookings.findOldestOpenEmi(reader, { userId, now })
  if (!booking) return 0n
  const schedule = await bookings.instalments(reader, booking.id)
  return dueNow({ bookingAmount: booking.bookingAmount, totalPaid: booking.totalPaid, schedule }, istDate(now))
}
