import type { Direct } from './direct/direct.ts'
import type { Prisma, PrismaClient } from './generated/sqlite/client.ts'

export type Provider = 'sqlite' | 'mysql'

declare const inTransaction: unique symbol

/** A running transaction. Only `database.transaction` and `database.once` make one, so a write outside does not compile. */
export type Tx = Prisma.TransactionClient & { readonly [inTransaction]: true }

type ModelKey = Uncapitalize<Prisma.ModelName>

type ReadMethod =
  | 'findUnique'
  | 'findUniqueOrThrow'
  | 'findFirst'
  | 'findFirstOrThrow'
  | 'findMany'
  | 'count'
  | 'aggregate'
  | 'groupBy'

/** Committed data, for reading only. A `Tx` is a `Reader` too, and then sees its own writes. */
export type Reader = { readonly [M in ModelKey]: Pick<PrismaClient[M], ReadMethod> } & Pick<
  PrismaClient,
  '$queryRaw' | '$queryRawUnsafe'
>

/** What a transaction gathers while it runs, to be acted upon once it has committed. */
export type TxContext = {
  readonly provider: Provider
  /** The connection of the transaction. */
  readonly direct: Direct
  addedMessages: boolean
  /** What is written last, in the order in which it was asked for. */
  readonly beforeCommit: Array<() => Promise<void>>
  readonly afterCommit: Array<() => void>
}

const providers = new WeakMap<object, Provider>()
const drivers = new WeakMap<object, Direct>()
const contexts = new WeakMap<object, TxContext>()

/** Remembers which database a client speaks to, and the driver behind it. */
export function registerReader(
  client: object,
  { provider, direct }: { readonly provider: Provider; readonly direct: Direct },
): Reader {
  providers.set(client, provider)
  drivers.set(client, direct)
  return client as Reader
}

/** Brands the client of a transaction that has just begun. */
export function registerTx(client: Prisma.TransactionClient, context: TxContext): Tx {
  providers.set(client, context.provider)
  drivers.set(client, context.direct)
  contexts.set(client, context)
  return client as Tx
}

/** Which database `q` speaks to, for the few statements that the two write differently. */
export function providerOf(q: Reader | Tx): Provider {
  const provider = providers.get(q)
  if (provider === undefined) throw new Error('This client was not made by openDatabase.')
  return provider
}

/** The driver behind `q`: in a transaction the one connection that it runs on, elsewhere one that sees committed data only. */
export function directOf(q: Reader | Tx): Direct {
  const direct = drivers.get(q)
  if (direct === undefined) throw new Error('This client was not made by openDatabase.')
  return direct
}

/** Runs `action` when the work of `tx` is done, as the last part of it: what fails there takes everything back. */
export function beforeCommit(tx: Tx, action: () => Promise<void>): void {
  contextOf(tx).beforeCommit.push(action)
}

/** Runs `action` after `tx` has committed, and never if it does not. A failure of `action` is logged, nothing else. */
export function afterCommit(tx: Tx, action: () => void): void {
  contextOf(tx).afterCommit.push(action)
}

/** Notes that `tx` wrote outbox rows, so that the relay is woken when it commits. */
export function noteMessagesAdded(tx: Tx): void {
  contextOf(tx).addedMessages = true
}

function contextOf(tx: Tx): TxContext {
  const context = contexts.get(tx)
  if (context === undefined) throw new Error('This transaction was not begun by database.transaction.')
  return context
}
