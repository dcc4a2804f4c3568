import type { Database } from '@ev/db'
import type { Cache, Clock, Encryption, FileStore, Ids, KeyedHash, Logger, Mailer } from '@ev/runtime'
import type { PaymentGateway } from './payments/gateway.ts'
import type { Bank } from './payouts/bank.ts'

/** What use cases are given. Each asks for the part it uses; `main.ts` of an app builds the whole once. */
export type Deps = {
  readonly db: Database
  readonly clock: Clock
  readonly ids: Ids
  readonly cache: Cache
  readonly mailer: Mailer
  readonly files: FileStore
  readonly hash: KeyedHash
  readonly encryption: Encryption
  readonly bank: Bank
  readonly gateway: PaymentGateway
  readonly log: Logger
  /** Waits; the only way in which a use case lets time pass. */
  readonly sleep: (ms: number) => Promise<void>
}

/** Who does something: an authenticated member, staff or admin. */
export type Actor = {
  readonly userId: number
  readonly role: 'admin' | 'staff' | 'user'
  readonly isSuperuser: boolean
}

/** Whether the actor may see and serve other members' objects. */
export const isStaff = ({ role }: Actor): boolean => role === 'staff' || role === 'admin'

/** The owner that a look-up of wallets and taxes is limited to: staff see their own there. */
export const ownerUnlessAdmin = ({ role, userId }: Actor): number | null => (role === 'admin' ? null : userId)

/** The owner that a look-up by this actor is limited to; null sees everyone's. */
export const ownedBy = (actor: Actor): number | null => (isStaff(actor) ? null : actor.userId)
