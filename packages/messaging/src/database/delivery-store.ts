/**
 * The table behind the embedded broker: one row for each message and handler, unique on that pair, gone when handled.
 * Instants are given by the caller, so the store reads no clock. Ids are the row's number; ids that are no longer there are ignored.
 */
export type DeliveryStore = {
  /** Adds ready rows with attempt 1. A pair of message and handler that is there already (ready or parked) is left as it is. */
  insert(deliveries: readonly NewDelivery[]): Promise<void>
  /**
   * Leases up to `limit` rows of `handler` that are ready, available at `now` and not under a running lease, in order of id.
   * With `exclusive` it claims nothing while any row of the handler is under a running lease. Reads before it writes, so that idle polling takes no write lock.
   */
  claim(handler: string, limit: number, options: ClaimOptions): Promise<readonly DeliveryRow[]>
  /** Moves the end of the lease of rows still in hand, so that a long handler keeps them. */
  extendLease(ids: readonly number[], options: { readonly leaseMs: number; readonly now: Date }): Promise<void>
  /** Deletes handled rows. */
  settle(ids: readonly number[]): Promise<void>
  /** Gives a row back for a later attempt: writes the number of that attempt and the reason, and ends the lease. */
  retry(
    id: number,
    next: { readonly availableAt: Date; readonly attempt: number; readonly reason: string },
  ): Promise<void>
  /** Puts a row aside with its reason (at most 1000 characters) and ends the lease. */
  park(id: number, reason: string): Promise<void>
  /** The parked rows of a handler in order of id. */
  parked(handler: string, limit: number): Promise<readonly ParkedRow[]>
  /** Makes parked rows of a handler ready again from `now`, with attempt 1 and no reason; answers how many. */
  redrive(handler: string, ids: readonly number[] | 'all', now: Date): Promise<number>
  /** Removes parked rows of a handler; answers how many. */
  discard(handler: string, ids: readonly number[]): Promise<number>
  /** How many rows are parked, for each handler that has any. */
  countParked(): Promise<ReadonlyMap<string, number>>
}

export type NewDelivery = {
  /** UUID of the message. */
  readonly messageId: string
  readonly handler: string
  /** The envelope as a JSON value. */
  readonly envelope: unknown
  readonly availableAt: Date
}

export type ClaimOptions = { readonly leaseMs: number; readonly now: Date; readonly exclusive: boolean }

export type DeliveryRow = {
  readonly id: number
  readonly messageId: string
  readonly handler: string
  /** The stored JSON value; it is parsed again when it is delivered. */
  readonly envelope: unknown
  /** 1 for the first attempt. */
  readonly attempt: number
}

export type ParkedRow = DeliveryRow & { readonly reason: string }
