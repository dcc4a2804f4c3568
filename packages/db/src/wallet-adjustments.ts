import type { Paise } from '@ev/domain'
import type { Tx } from './client.ts'

export type NewAdjustment = {
  readonly userId: number
  readonly actorId: number
  readonly kind: 'deposit' | 'adjustment'
  readonly amount: Paise
  readonly reason: string
  readonly now: Date
}

/** Writes down what an administrator does to a wallet; its id makes the journal's natural key. */
export async function insert(tx: Tx, { now, ...data }: NewAdjustment): Promise<{ id: number }> {
  return tx.walletAdjustment.create({ data: { ...data, createdAt: now }, select: { id: true } })
}
