import { DomainError } from '@ev/domain'
import type { Reader, Tx } from './client.ts'
import type { User } from './generated/sqlite/client.ts'
import type { UserCreateManyInput } from './generated/sqlite/models.ts'
import { lockRows } from './locks.ts'

export type { User }

export type Identifier = { readonly email: string } | { readonly mobile: string }

export function find(reader: Reader | Tx, id: number): Promise<User | null> {
  return reader.user.findUnique({ where: { id } })
}

/** The member, or the refusal `user.not_found`. */
export async function get(reader: Reader | Tx, id: number): Promise<User> {
  const user = await find(reader, id)
  if (!user) throw new DomainError('user.not_found')
  return user
}

export async function findMany(reader: Reader | Tx, ids: readonly number[]): Promise<User[]> {
  return ids.length === 0 ? [] : reader.user.findMany({ where: { id: { in: [...ids] } } })
}

export function findByIdentifier(reader: Reader | Tx, identifier: Identifier): Promise<User | null> {
  return reader.user.findUnique({ where: identifier })
}

export function findByReferralCode(reader: Reader | Tx, referralCode: string): Promise<User | null> {
  return reader.user.findUnique({ where: { referralCode } })
}

/** Locks the member's row: whoever changes what is counted over all of a member's bookings takes this lock first. */
export async function lock(tx: Tx, id: number): Promise<User> {
  await lockRows(tx, 'users', [id])
  return get(tx, id)
}

export function insert(tx: Tx, data: UserCreateManyInput): Promise<User> {
  return tx.user.create({ data })
}

export function update(tx: Tx, id: number, data: Partial<UserCreateManyInput>): Promise<User> {
  return tx.user.update({ where: { id }, data })
}
