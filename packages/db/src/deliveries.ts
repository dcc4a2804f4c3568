import type { Database } from './client.ts'
import { Prisma } from './generated/sqlite/client.ts'
import { insertMissing } from './insert-missing.ts'
import { lockRows } from './locks.ts'
import { providerOf, type Reader, type Tx } from './tx.ts'

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
  readonly envelope: unknown
  /** 1 for the first attempt. */
  readonly attempt: number
}

export type ParkedRow = DeliveryRow & { readonly reason: string }

const longestReason = 1000
const rowsAnInsert = 200
const never = new Date(0)

/** The queues of the embedded broker in `message_deliveries`: one row for each message and handler, gone when handled. */
export function deliveryStore(database: Database) {
  return {
    /** Adds ready rows with attempt 1. A pair of message and handler that is there already is left as it is. */
    async insert(deliveries: readonly NewDelivery[]): Promise<void> {
      if (deliveries.length === 0) return
      await database.transaction(async (tx) => {
        for (let at = 0; at < deliveries.length; at += rowsAnInsert) {
          await insertMissing(tx, 'message_deliveries', deliveries.slice(at, at + rowsAnInsert).map(toColumns), {
            key: ['message_id', 'handler'],
          })
        }
      })
    },

    /**
     * Leases up to `limit` rows of `handler` that are ready, available at `now` and not under a running lease, in order of id.
     * With `exclusive` none while any row of the handler is under a running lease. Idle polling takes no write lock.
     */
    async claim(handler: string, limit: number, options: ClaimOptions): Promise<readonly DeliveryRow[]> {
      if (!(await hasClaimable(database.read, handler, options))) return []
      return database.transaction((tx) => claimRows(tx, handler, limit, options))
    },

    /** Moves the end of the lease of rows still in hand. */
    async extendLease(ids: readonly number[], { leaseMs, now }: { leaseMs: number; now: Date }): Promise<void> {
      await updateRows(database, ids, { leasedUntil: new Date(now.getTime() + leaseMs) })
    },

    /** Deletes handled rows. */
    async settle(ids: readonly number[]): Promise<void> {
      if (ids.length === 0) return
      await database.transaction((tx) => tx.messageDelivery.deleteMany({ where: { id: { in: [...ids] } } }))
    },

    /** Gives a row back for a later attempt and ends the lease. */
    async retry(
      id: number,
      {
        availableAt,
        attempt,
        reason,
      }: { readonly availableAt: Date; readonly attempt: number; readonly reason: string },
    ): Promise<void> {
      await updateRows(database, [id], { availableAt, attempt, reason: cut(reason), leasedUntil: null })
    },

    /** Puts a row aside with its reason and ends the lease. */
    async park(id: number, reason: string): Promise<void> {
      await updateRows(database, [id], { state: 'parked', reason: cut(reason), leasedUntil: null })
    },

    /** The parked rows of a handler in order of id. */
    async parked(handler: string, limit: number): Promise<readonly ParkedRow[]> {
      const rows = await database.read.messageDelivery.findMany({
        where: { handler, state: 'parked' },
        orderBy: { id: 'asc' },
        take: limit,
        select: { ...rowColumns, reason: true },
      })
      return rows.map((row) => ({ ...row, reason: row.reason ?? '' }))
    },

    /** Makes parked rows of a handler ready again from `now`, with attempt 1 and no reason; answers how many. */
    async redrive(handler: string, ids: readonly number[] | 'all', now: Date): Promise<number> {
      const { count } = await database.transaction((tx) =>
        tx.messageDelivery.updateMany({
          where: { handler, state: 'parked', ...(ids === 'all' ? {} : { id: { in: [...ids] } }) },
          data: { state: 'ready', attempt: 1, reason: null, availableAt: now, leasedUntil: null },
        }),
      )
      return count
    },

    /** Removes parked rows of a handler; answers how many. */
    async discard(handler: string, ids: readonly number[]): Promise<number> {
      const { count } = await database.transaction((tx) =>
        tx.messageDelivery.deleteMany({ where: { handler, state: 'parked', id: { in: [...ids] } } }),
      )
      return count
    },

    /** How many rows are parked, for each handler that has any. */
    async countParked(): Promise<ReadonlyMap<string, number>> {
      const groups = await database.read.messageDelivery.groupBy({
        by: ['handler'],
        where: { state: 'parked' },
        _count: { _all: true },
      })
      return new Map(groups.map(({ handler, _count }) => [handler, _count._all]))
    },
  }
}

export type DeliveryStore = ReturnType<typeof deliveryStore>

const rowColumns = { id: true, messageId: true, handler: true, envelope: true, attempt: true } as const

function toColumns({ messageId, handler, envelope, availableAt }: NewDelivery) {
  return {
    message_id: messageId,
    handler,
    envelope: JSON.stringify(envelope),
    state: 'ready',
    attempt: 1,
    available_at: availableAt,
    created_at: availableAt,
  }
}

function claimable(handler: string, now: Date) {
  return {
    handler,
    state: 'ready' as const,
    availableAt: { lte: now },
    OR: [{ leasedUntil: null }, { leasedUntil: { lte: now } }],
  }
}

async function hasClaimable(reader: Reader, handler: string, { now }: ClaimOptions): Promise<boolean> {
  return (await reader.messageDelivery.findFirst({ where: claimable(handler, now), select: { id: true } })) !== null
}

async function claimRows(
  tx: Tx,
  handler: string,
  limit: number,
  { leaseMs, now, exclusive }: ClaimOptions,
): Promise<readonly DeliveryRow[]> {
  if (exclusive) {
    await lockHandler(tx, handler)
    const inHand = await tx.messageDelivery.findFirst({
      where: { handler, leasedUntil: { gt: now } },
      select: { id: true },
    })
    if (inHand !== null) return []
  }
  const ids = await lockClaimable(tx, handler, limit, now)
  if (ids.length === 0) return []
  await tx.messageDelivery.updateMany({
    where: { id: { in: ids } },
    data: { leasedUntil: new Date(now.getTime() + leaseMs) },
  })
  return tx.messageDelivery.findMany({ where: { id: { in: ids } }, orderBy: { id: 'asc' }, select: rowColumns })
}

// Claimants of an exclusive handler queue up behind one row, so that each sees the lease of the one before.
async function lockHandler(tx: Tx, handler: string): Promise<void> {
  const name = `deliveries:${handler}`.slice(0, 100)
  await insertMissing(tx, 'leases', [{ name, holder: '', fencing_token: 0, expires_at: never }], { key: ['name'] })
  await lockRows(tx, 'leases', [name])
}

async function lockClaimable(tx: Tx, handler: string, limit: number, now: Date): Promise<number[]> {
  const skipLocked = providerOf(tx) === 'mysql' ? Prisma.raw('FOR UPDATE SKIP LOCKED') : Prisma.empty
  const rows = await tx.$queryRaw<{ id: number | bigint }[]>`
    SELECT id FROM message_deliveries
    WHERE handler = ${handler} AND state = 'ready' AND available_at <= ${now} AND (leased_until IS NULL OR leased_until <= ${now})
    ORDER BY id LIMIT ${limit} ${skipLocked}`
  return rows.map(({ id }) => Number(id))
}

async function updateRows(
  database: Database,
  ids: readonly number[],
  data: Prisma.MessageDeliveryUncheckedUpdateManyInput,
): Promise<void> {
  if (ids.length === 0) return
  await database.transaction((tx) => tx.messageDelivery.updateMany({ where: { id: { in: [...ids] } }, data }))
}

function cut(reason: string): string {
  return reason.slice(0, longestReason)
}
