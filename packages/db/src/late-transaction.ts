import type { Transaction } from '@prisma/driver-adapter-utils'
import type { Direct } from './direct/direct.ts'
import { maxWaitMs } from './engine.ts'
import type { Prisma, PrismaClient } from './generated/sqlite/client.ts'

/** A transaction that a driver has begun, and its connection without Prisma. */
export type Begun = { readonly transaction: Transaction; readonly direct: Direct }

type LateOptions = {
  readonly client: PrismaClient
  /** Runs `begin`, in which the client's adapter answers this transaction when it is asked to start one. */
  readonly handOver: <T>(transaction: Transaction, begin: () => Promise<T>) => Promise<T>
  /** How long the work may take; then everything is rolled back, and its next statement fails. */
  readonly timeoutMs: number
}

/** Prisma's own limit comes after ours, so that it never ends a transaction under our hands. */
const graceMs = 10_000

/**
 * Runs `work` in a transaction that has begun, and commits it or rolls it back. Prisma's client joins at the first statement that is sent
 * through it: its own interactive transaction takes as much processor time as half a dozen statements, and the work that is done most
 * often speaks to the driver only.
 */
export async function inLateTransaction<T>(
  { transaction, direct }: Begun,
  { client, handOver, timeoutMs }: LateOptions,
  work: (tx: Prisma.TransactionClient, direct: Direct) => Promise<T>,
): Promise<T> {
  let state = 'open' as 'open' | 'over' | 'late'
  let joined: Joined | undefined

  function requireOpen(): void {
    if (state === 'late') throw new Error(`The transaction took longer than ${timeoutMs} ms and was rolled back.`)
    if (state === 'over') throw new Error('A statement came after the end of its transaction.')
  }
  const whileOpen = <Query extends unknown[], Answer>(send: (...query: Query) => Promise<Answer>) => {
    return async (...query: Query) => {
      requireOpen()
      return send(...query)
    }
  }
  let rolledBack: Promise<void> | undefined
  const timer = setTimeout(() => {
    state = 'late'
    rolledBack = rollBack(transaction)
  }, timeoutMs)

  const handed: Transaction = {
    provider: transaction.provider,
    adapterName: transaction.adapterName,
    options: { usePhantomQuery: true },
    queryRaw: whileOpen((query) => transaction.queryRaw(query)),
    executeRaw: whileOpen((query) => transaction.executeRaw(query)),
    // Who has begun it ends it. The option above has Prisma call these and send no statement of its own.
    commit: async () => {},
    rollback: async () => {},
  }
  const join = () => {
    joined ??= joinWith(client, { timeoutMs, begin: (enter) => handOver(handed, enter) })
    return joined.client
  }
  const own: Direct = { rows: whileOpen(direct.rows), run: whileOpen(direct.run) }

  try {
    const value = await work(lateClient(join), own)
    await joined?.leave()
    requireOpen()
    // From here on there is nothing to be late for: a commit that is under way must not be met by a rollback.
    clearTimeout(timer)
    state = 'over'
    await commit(transaction)
    return value
  } catch (error) {
    clearTimeout(timer)
    if (state === 'open') state = 'over'
    // Whoever comes next finds the connection as it should be.
    await (rolledBack ?? rollBack(transaction))
    await joined?.leave().catch(() => undefined)
    throw error
  }
}

// Adapters differ in whether ending a transaction sends the statement or follows on it.
async function commit(transaction: Transaction): Promise<void> {
  if (!transaction.options.usePhantomQuery) await transaction.executeRaw(statement('COMMIT'))
  await transaction.commit()
}

/** What could not be rolled back is gone with its connection; the failure that led here is the one to tell. */
async function rollBack(transaction: Transaction): Promise<void> {
  if (!transaction.options.usePhantomQuery) await transaction.executeRaw(statement('ROLLBACK')).catch(() => undefined)
  await transaction.rollback().catch(() => undefined)
}

const statement = (sql: string) => ({ sql, args: [], argTypes: [] })

type Joined = { readonly client: Promise<Prisma.TransactionClient>; leave(): Promise<void> }

/** Keeps an interactive transaction of Prisma's open until it is left. */
function joinWith(
  client: PrismaClient,
  { timeoutMs, begin }: { timeoutMs: number; begin: (enter: () => Promise<void>) => Promise<void> },
): Joined {
  let leave: () => void = () => {}
  const left = new Promise<void>((resolve) => {
    leave = resolve
  })
  let ended: Promise<void> = Promise.resolve()
  const entered = new Promise<Prisma.TransactionClient>((enter, refuse) => {
    const interactive = async (tx: Prisma.TransactionClient) => {
      enter(tx)
      await left
    }
    ended = begin(() => client.$transaction(interactive, { maxWait: maxWaitMs, timeout: timeoutMs + graceMs }))
    ended.catch(refuse)
  })
  return {
    client: entered,
    leave() {
      leave()
      return ended
    },
  }
}

type Call = (...values: unknown[]) => Promise<unknown>

/** Looks like a client in a transaction; each call waits for the real one. */
function lateClient(join: () => Promise<Prisma.TransactionClient>): Prisma.TransactionClient {
  const callOf = (owner: object, method: string, values: unknown[]) =>
    (Reflect.get(owner, method) as Call).apply(owner, values)
  const models = new Map<string, object>()
  const modelCalled = (name: string) => {
    const known =
      models.get(name) ??
      proxyOf((method) => async (...values: unknown[]) => {
        return callOf(Reflect.get(await join(), name) as object, method, values)
      })
    models.set(name, known)
    return known
  }
  const raw =
    (method: string) =>
    async (...values: unknown[]) =>
      callOf(await join(), method, values)
  return proxyOf((name) => (name.startsWith('$') ? raw(name) : modelCalled(name))) as Prisma.TransactionClient
}

/** An object that gives what `member` answers for each name. It is no promise, though asked for its `then` by whoever awaits it. */
function proxyOf(member: (name: string) => unknown): object {
  return new Proxy({}, { get: (_, name) => (typeof name === 'symbol' || name === 'then' ? undefined : member(name)) })
}
