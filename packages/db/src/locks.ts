import { inList } from './direct/direct.ts'
import { directOf, providerOf, type Tx } from './tx.ts'

// The tables whose rows are locked, each with its unique columns that rows may be named by. The first is the usual one.
const lockable = {
  users: ['id'],
  sessions: ['id', 'token_id'],
  kyc: ['id', 'user_id'],
  nominees: ['id', 'user_id'],
  vehicles: ['id'],
  bookings: ['id'],
  instalments: ['id'],
  payments: ['id'],
  payment_orders: ['id'],
  referral_bonuses: ['id', 'payment_id'],
  wallets: ['id', 'user_id'],
  holds: ['id', 'payout_id'],
  journal_entries: ['id'],
  placements: ['seq', 'user_id'],
  legs: ['seq'],
  network_head: ['id'],
  pairs: ['id'],
  earnings: ['id', 'pair_id'],
  payouts: ['id'],
  payout_batches: ['id'],
  tds_records: ['id'],
  plans: ['version'],
  notifications: ['id'],
  compliance_documents: ['id'],
  audit_head: ['id'],
  settings: ['key'],
  outbox_messages: ['id'],
  message_deliveries: ['id'],
  leases: ['name'],
} as const satisfies Record<string, readonly [string, ...string[]]>

export type LockableTable = keyof typeof lockable
export type LockKey<Table extends LockableTable> = (typeof lockable)[Table][number]

/**
 * Locks the rows of `table` that `keys` name, in ascending order of the key, until `tx` ends; a row that does not exist is
 * passed over. What is read afterwards in the same transaction is the newest committed state. On SQLite this does nothing,
 * because write transactions run one at a time there.
 */
export async function lockRows<Table extends LockableTable>(
  tx: Tx,
  table: Table,
  keys: readonly (number | string)[],
  options?: { by: LockKey<Table> },
): Promise<void> {
  const [first, ...others] = new Set(keys)
  if (first === undefined || providerOf(tx) === 'sqlite') return
  const column = `\`${options?.by ?? lockable[table][0]}\``
  const wanted = inList([first, ...others])
  const sql = `SELECT ${column} FROM \`${table}\` WHERE ${column} IN (${wanted.marks}) ORDER BY ${column} FOR UPDATE`
  await directOf(tx).rows(sql, wanted.values)
}

/**
 * What a direct `SELECT` by a unique key ends with, so that it locks the row that it reads until `tx` ends and reads its newest committed
 * state. On SQLite nothing, because write transactions run one at a time there.
 */
export function lockingRead(tx: Tx): '' | ' FOR UPDATE' {
  return providerOf(tx) === 'sqlite' ? '' : ' FOR UPDATE'
}
