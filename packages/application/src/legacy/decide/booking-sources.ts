import type { Discrepancies } from '../discrepancies.ts'

/** What bookings and payments are decided by, beside their own rows. */
export type BookingSources = {
  readonly members: ReadonlySet<number>
  readonly vehicles: ReadonlySet<number>
  readonly found: Discrepancies
  readonly now: Date
  readonly planVersion: number
}
