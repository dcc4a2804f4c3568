import type { Wallet } from '@ev/domain'
import type { Reader, Tx } from './client.ts'
import { inList } from './direct/direct.ts'
import { walletTable } from './direct/tables.ts'
import type { Wallet as WalletRow } from './generated/sqlite/client.ts'
import { lockingRead } from './locks.ts'
import { directOf } from './tx.ts'

export type { WalletRow }

/** The wallet as the rules see it. */
export function toWallet(row: WalletRow): Wallet {
  const { userId, balance, held, emiReserve, recoverable, totalEarned, totalWithdrawn } = row
  return { userId, balance, held, emiReserve, recoverable, totalEarned, totalWithdrawn }
}

/** Every member has a wallet from the moment of registration, so that no later write has to make one. */
export async function insert(tx: Tx, { userId, now }: { userId: number; now: Date }): Promise<void> {
  await tx.wallet.create({ data: { userId, createdAt: now, updatedAt: now } })
}

/** Locks the wallets of these members in ascending order of user id and answers them by user id. A member without a wallet is a fault. */
export async function lockRowsOf(tx: Tx, userIds: readonly number[]): Promise<Map<number, WalletRow>> {
  const wanted = [...new Set(userIds)].sort((a, b) => a - b)
  const [first, ...others] = wanted
  if (first === undefined) return new Map()
  const { marks, values } = inList([first, ...others])
  const sql = `SELECT ${walletTable.columns('w')} FROM wallets w WHERE w.user_id IN (${marks}) ORDER BY w.user_id`
  const found = await directOf(tx).rows(`${sql}${lockingRead(tx)}`, values)
  const rows = found.map((row) => walletTable.read(row))
  if (rows.length !== wanted.length) throw new Error(`A wallet is missing among those of members ${wanted.join(', ')}.`)
  return new Map(rows.map((row) => [row.userId, row]))
}

/** Locks one member's wallet. */
export async function lock(tx: Tx, userId: number): Promise<Wallet> {
  const [row] = await directOf(tx).rows(`${walletOf}${lockingRead(tx)}`, [userId])
  if (row === undefined) throw new Error(`Member ${userId} has no wallet.`)
  return toWallet(walletTable.read(row))
}

const walletOf = `SELECT ${walletTable.columns('w')} FROM wallets w WHERE w.user_id = ?`

/** One member's wallet row; a member without one is a fault. */
export async function get(reader: Reader | Tx, userId: number): Promise<WalletRow> {
  const row = await find(reader, userId)
  if (row === null) throw new Error(`Member ${userId} has no wallet.`)
  return row
}

/** One member's wallet row, or null when there is no such member. */
export async function find(reader: Reader | Tx, userId: number): Promise<WalletRow | null> {
  const [row] = await directOf(reader).rows(walletOf, [userId])
  return row === undefined ? null : walletTable.read(row)
}
