import type { Reader, Tx } from './client.ts'
import { Prisma } from './generated/sqlite/client.ts'

/** Every column that holds encrypted values, as `table.column`; each stands in a table with `id` and `user_id`. */
export const encryptedColumns = [
  'kyc.pan_encrypted',
  'kyc.aadhaar_encrypted',
  'kyc.account_number_encrypted',
  'nominees.id_proof_number_encrypted',
  'payouts.account_number_encrypted',
] as const

export type EncryptedColumn = (typeof encryptedColumns)[number]

export type EncryptedValue = { readonly id: number; readonly userId: number; readonly text: string }

/** Up to `limit` values of rows with an id above `after`, in order of id. */
export async function page(
  reader: Reader,
  at: EncryptedColumn,
  { after, limit }: { after: number; limit: number },
): Promise<EncryptedValue[]> {
  const { table, column } = namesOf(at)
  type Row = { id: number | bigint; userId: number | bigint; text: string }
  const rows = await reader.$queryRaw<
    Row[]
  >`SELECT id, user_id AS userId, ${column} AS text FROM ${table} WHERE id > ${after} AND ${column} IS NOT NULL ORDER BY id LIMIT ${limit}`
  return rows.map(({ id, userId, text }) => ({ id: Number(id), userId: Number(userId), text }))
}

/** Puts `to` where `from` still stands; false when the row has another value by now. */
export async function replace(
  tx: Tx,
  at: EncryptedColumn,
  { id, from, to }: { id: number; from: string; to: string },
): Promise<boolean> {
  const { table, column } = namesOf(at)
  const changed = await tx.$executeRaw`UPDATE ${table} SET ${column} = ${to} WHERE id = ${id} AND ${column} = ${from}`
  return changed === 1
}

function namesOf(at: EncryptedColumn) {
  const [table, column] = at.split('.')
  return { table: Prisma.raw(table!), column: Prisma.raw(column!) }
}
