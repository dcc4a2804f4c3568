import { inList } from './direct/direct.ts'
import { insertRows, type RowWriter } from './direct/write-rows.ts'
import { directOf, type Reader, type Tx } from './tx.ts'

/** The account of a member who comes with a network: reachable by nothing yet, and known by the code. */
export type NewAccount = {
  readonly id: number
  readonly code: string
  readonly referredById: number | null
  readonly joinedAt: Date
  readonly now: Date
}

const accountWriter: RowWriter<NewAccount> = {
  table: 'users',
  columns: {
    id: ({ id }) => id,
    username: ({ code }) => usernameOf(code),
    referral_code: ({ code }) => code,
    referred_by_id: ({ referredById }) => referredById,
    date_joined: ({ joinedAt }) => joinedAt,
    updated_at: ({ now }) => now,
  },
}

const walletWriter: RowWriter<NewAccount> = {
  table: 'wallets',
  columns: { user_id: ({ id }) => id, created_at: ({ now }) => now, updated_at: ({ now }) => now },
}

/** As whoever registers gets it. */
const usernameOf = (code: string) => code.toLowerCase()

/** Inserts accounts and their wallets. Ids may have been taken meanwhile, which violates the primary key. */
export async function insert(tx: Tx, accounts: readonly NewAccount[]): Promise<void> {
  await insertRows(tx, accountWriter, accounts)
  await insertRows(tx, walletWriter, accounts)
}

/** An id that nobody had when it was asked for, nor any above it. */
export async function nextId(tx: Tx): Promise<number> {
  const [row] = await directOf(tx).rows('SELECT MAX(id) FROM users', [])
  return Number(row?.[0] ?? 0) + 1
}

/** The ids of the members with these referral codes, at most a thousand, by code. */
export async function findByCode(reader: Reader | Tx, codes: readonly string[]): Promise<Map<string, number>> {
  const [first, ...others] = codes
  if (first === undefined) return new Map()
  const { marks, values } = inList([first, ...others])
  const sql = `SELECT referral_code, id FROM users WHERE referral_code IN (${marks})`
  return new Map((await directOf(reader).rows(sql, values)).map(([code, id]) => [code as string, Number(id)]))
}

/** Those of these codes, at most a thousand, that somebody has as referral code or username. */
export async function findTaken(reader: Reader, codes: readonly string[]): Promise<string[]> {
  const byCode = await findByCode(reader, codes)
  const [first, ...others] = codes.map(usernameOf)
  if (first === undefined) return []
  const { marks, values } = inList([first, ...others])
  const rows = await directOf(reader).rows(`SELECT username FROM users WHERE username IN (${marks})`, values)
  const names = new Set(rows.map(([name]) => (name as string).toLowerCase()))
  return codes.filter((code) => byCode.has(code) || names.has(usernameOf(code)))
}

/** How many pairs were made since an instant. */
export function countPairsSince(reader: Reader | Tx, since: Date): Promise<number> {
  return reader.pair.count({ where: { createdAt: { gte: since } } })
}
