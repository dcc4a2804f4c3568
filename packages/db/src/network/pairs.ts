import type { PairRecord, Side } from '@ev/domain'
import { pairTable } from '../direct/tables.ts'
import { insertRows, type RowWriter } from '../direct/write-rows.ts'
import type { Pair } from '../generated/sqlite/client.ts'
import { directOf, type Reader, type Tx } from '../tx.ts'
import { directPages } from './pages.ts'

export type PairRow = Pair

/** Every pair in order of its id, page by page. */
export function pairPages(reader: Reader | Tx): AsyncGenerator<PairRow[]> {
  return directPages(reader, { columns: pairTable.columns('pairs'), table: 'pairs', key: 'id' }, (row) =>
    pairTable.read(row),
  )
}

/** The same, as the index needs them: members by their user ids. */
export function pairRecordPages(reader: Reader | Tx): AsyncGenerator<PairRecord[]> {
  const columns = 'id, user_id, pair_number, left_user_id, right_user_id, month, status'
  return directPages(
    reader,
    { columns, table: 'pairs', key: 'id' },
    ([, earner, ordinal, left, right, month, status]) => ({
      earner: Number(earner),
      ordinal: Number(ordinal),
      left: Number(left),
      right: Number(right),
      month: month as string,
      isReversed: status === 'reversed',
    }),
  )
}

/** A pair as it is made: it stands, and nothing is credited. */
export type NewPair = Pick<
  Pair,
  | 'userId'
  | 'leftUserId'
  | 'rightUserId'
  | 'pairNumber'
  | 'pairAmount'
  | 'earningAmount'
  | 'month'
  | 'isActiveBuyer'
  | 'planVersion'
> & { readonly now: Date }

const pairWriter: RowWriter<NewPair & { id: number }> = {
  table: 'pairs',
  columns: {
    id: ({ id }) => id,
    user_id: ({ userId }) => userId,
    left_user_id: ({ leftUserId }) => leftUserId,
    right_user_id: ({ rightUserId }) => rightUserId,
    pair_number: ({ pairNumber }) => pairNumber,
    pair_amount: ({ pairAmount }) => pairAmount,
    earning_amount: ({ earningAmount }) => earningAmount,
    status: () => 'matched',
    month: ({ month }) => month,
    is_active_buyer: ({ isActiveBuyer }) => isActiveBuyer,
    plan_version: ({ planVersion }) => planVersion,
    created_at: ({ now }) => now,
    matched_at: ({ now }) => now,
    standing_left_id: ({ leftUserId }) => leftUserId,
    standing_right_id: ({ rightUserId }) => rightUserId,
  },
}

/** Inserts pairs and answers their ids in the same order. The head's lock is held, so the ids that follow the last one are free. */
export async function insertPairs(tx: Tx, rows: readonly NewPair[]): Promise<number[]> {
  if (rows.length === 0) return []
  const [[last] = []] = await directOf(tx).rows('SELECT MAX(id) FROM pairs', [])
  const first = Number(last) + 1
  const numbered = rows.map((row, offset) => ({ ...row, id: first + offset }))
  await insertRows(tx, pairWriter, numbered)
  return numbered.map(({ id }) => id)
}

/** The pairs that stand on a member, of whomever above. */
export async function standingPairsWith(reader: Reader | Tx, userId: number): Promise<PairRow[]> {
  const onLeft = await reader.pair.findMany({ where: { leftUserId: userId, standingLeftId: { not: null } } })
  const onRight = await reader.pair.findMany({ where: { rightUserId: userId, standingRightId: { not: null } } })
  return [...onLeft, ...onRight]
}

/** The pairs that stand on a member's sale: they go when the member stops being an Active Buyer. None of a member who counts without a sale. */
export async function pairsOnSaleOf(reader: Reader, userId: number): Promise<PairRow[]> {
  const countsBySale = await reader.placement.count({ where: { userId, isQualifiedBySale: true } })
  return countsBySale === 0 ? [] : standingPairsWith(reader, userId)
}

/** Pairs that stand no longer, because the member of one leg has stopped counting. Credited or not is still told by `processedAt`. */
export async function markReversed(
  tx: Tx,
  ids: readonly number[],
  { side, now }: { side: Side; now: Date },
): Promise<void> {
  if (ids.length === 0) return
  const data = { status: 'reversed', standingLeftId: null, standingRightId: null } as const
  await tx.pair.updateMany({ where: { id: { in: [...ids] } }, data: { ...data, reversedAt: now, reversedSide: side } })
}
