/** How large a database is made; everything else is in proportion to these. */
export type LargeSize = { readonly members: number; readonly bookings: number; readonly walletLines: number }

/** What a business of some years has: the size at which the lists are measured. */
export const fullSize: LargeSize = { members: 100_000, bookings: 200_000, walletLines: 1_000_000 }

/** Enough for the optimiser to tell an index from a whole table, and made in seconds. */
export const smallSize: LargeSize = { members: 1_000, bookings: 2_000, walletLines: 10_000 }
