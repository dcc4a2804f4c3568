import { monthsLater } from './calendar.ts'
import type { Booking, Part } from './state.ts'
import { least } from './state.ts'

/** The principal of each instalment and its day. */
export function instalmentsOf(options: { financed: bigint; months: number; bps: number; start: string }): Part[] {
  const { financed, months, bps, start } = options
  if (financed === 0n) return []
  const count = BigInt(months)
  const part = (k: number, principal: bigint) => ({ due: monthsLater(start, k), principal })
  const numbers = Array.from({ length: months }, (_, k) => k)
  if (bps === 0) {
    const each = financed / count
    return numbers.map((k) => part(k, k === months - 1 ? financed - each * (count - 1n) : each))
  }
  // A twelfth of the yearly rate, as a fraction of 120,000; the annuity is rounded half up to a paisa.
  const whole = 120_000n
  const rate = BigInt(bps)
  const power = (base: bigint) => numbers.reduce((product) => product * base, 1n)
  const grown = power(whole + rate)
  const half = (a: bigint, b: bigint) => (2n * a + b) / (2n * b)
  const annuity = half(financed * rate * grown, whole * (grown - power(whole)))
  let owed = financed
  return numbers.map((k) => {
    const principal = k === months - 1 ? owed : least(annuity - half(owed * rate, whole), owed)
    owed -= principal
    return part(k, principal)
  })
}

/** What each instalment has received: the booking amount first, then the oldest. */
export function paidParts({ paid, bookingAmount, parts }: Booking): bigint[] {
  let left = paid - least(paid, bookingAmount)
  return parts.map(({ principal }) => {
    const own = least(principal, left)
    left -= own
    return own
  })
}

/** What is owed by a day, or else on the next instalment. */
export function dueBy(booking: Booking, today: string): bigint {
  const rests = paidParts(booking).map((paid, k) => booking.parts[k]!.principal - paid)
  let due = booking.bookingAmount - least(booking.paid, booking.bookingAmount)
  rests.forEach((rest, k) => {
    if (booking.parts[k]!.due <= today) due += rest
  })
  return due > 0n ? due : (rests.find((rest) => rest > 0n) ?? 0n)
}
