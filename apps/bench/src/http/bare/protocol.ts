/** An answer that the bare server gives under `/name`, after the statements of `read` when there are any. */
export type BareAnswer = {
  readonly name: string
  /** JSON, as the API answered it. */
  readonly body: string
  readonly read: { readonly statements: 'readWallet' | 'readBookings'; readonly sessionId: number } | null
}

export type BareStart = { readonly databaseUrl: string; readonly answers: readonly BareAnswer[] }

/** Pays towards each of these bookings, so many at once. */
export type BareOrder = { readonly bookingIds: readonly number[]; readonly callers: number }

export type BareReport =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'paid'; readonly seconds: number; readonly cpuMs: number }
