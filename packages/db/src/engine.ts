import type { Direct } from './direct/direct.ts'
import type { Load } from './gate.ts'
import type { Prisma, PrismaClient } from './generated/sqlite/client.ts'
import type { Provider } from './tx.ts'

/**
 * One database behind its driver. Both drivers are seen through the types of the SQLite client, which offers the smaller
 * set of operations, so that what compiles runs on both.
 */
export type Engine = {
  readonly provider: Provider
  /** Sees committed data only. */
  readonly reader: PrismaClient
  /** The same without Prisma's client. */
  readonly direct: Direct
  /** Runs `work` in one database transaction, waiting for its turn first. Not retried here. */
  begin<T>(
    work: (tx: Prisma.TransactionClient, direct: Direct) => Promise<T>,
    options: { timeoutMs: number },
  ): Promise<T>
  /** Runs `read` on one state of the database, whatever is committed meanwhile. */
  snapshot<T>(
    read: (reader: Prisma.TransactionClient, direct: Direct) => Promise<T>,
    options: { timeoutMs: number },
  ): Promise<T>
  /** How many transactions run and how many wait for their turn. */
  load(): Load
  close(): Promise<void>
}

/** Transactions that may wait for their turn, on either database, before new ones are turned away. */
export const maxWaitingTransactions = 10_000

/** How long Prisma may take to hand out a connection; the gate before it makes that nearly immediate. */
export const maxWaitMs = 30_000
