import type { Side } from '@ev/domain'
import { insertRows, type RowWriter } from '../direct/write-rows.ts'
import type { Reader, Tx } from '../tx.ts'
import { groupedBy, page, rangedPages, within } from '../verification/pages.ts'

export type StoredFlush = {
  readonly userId: number
  readonly month: string
  readonly left: readonly number[]
  readonly right: readonly number[]
}

/** Every recorded flush with the members it took, by placement sequence, read page by page. */
export async function flushes(reader: Reader | Tx): Promise<StoredFlush[]> {
  const all: StoredFlush[] = []
  const read = (after: number) => reader.pairFlush.findMany(page(after))
  for await (const { rows, range } of rangedPages(read)) {
    const members = await reader.pairFlushMember.findMany({
      where: { flushId: within(range) },
      orderBy: { id: 'asc' },
    })
    const taken = groupedBy(members, ({ flushId }) => flushId)
    const of = (flushId: number, side: Side) =>
      (taken.get(flushId) ?? []).filter((member) => member.side === side).map(({ memberSeq }) => memberSeq)
    all.push(...rows.map(({ id, userId, month }) => ({ userId, month, left: of(id, 'left'), right: of(id, 'right') })))
  }
  return all
}

/** The members whose flushes took this one. */
export async function flushersOf(tx: Tx, seq: number): Promise<number[]> {
  const rows = await tx.pairFlushMember.findMany({
    where: { memberSeq: seq },
    select: { flush: { select: { userId: true } } },
  })
  return rows.map(({ flush }) => flush.userId)
}

type NewFlush = StoredFlush & { readonly now: Date }

const flushWriter: RowWriter<NewFlush & { id: number }> = {
  table: 'pair_flushes',
  columns: {
    id: ({ id }) => id,
    user_id: ({ userId }) => userId,
    month: ({ month }) => month,
    member_count: ({ left, right }) => left.length + right.length,
    created_at: ({ now }) => now,
  },
}

const flushedMemberWriter: RowWriter<{ flushId: number; side: Side; memberSeq: number }> = {
  table: 'pair_flush_members',
  columns: {
    flush_id: ({ flushId }) => flushId,
    side: ({ side }) => side,
    member_seq: ({ memberSeq }) => memberSeq,
  },
}

/** Records flushes with the members they took. The head's lock is held, so the ids that follow the last one are free. */
export async function insertFlushes(tx: Tx, flushes: readonly NewFlush[]): Promise<void> {
  if (flushes.length === 0) return
  const last = await tx.pairFlush.findFirst({ orderBy: { id: 'desc' }, select: { id: true } })
  const first = (last?.id ?? 0) + 1
  const rows = flushes.map((flush, offset) => ({ ...flush, id: first + offset }))
  await insertRows(tx, flushWriter, rows)
  const members = rows.flatMap((flush) =>
    (['left', 'right'] as const).flatMap((side) =>
      flush[side].map((memberSeq) => ({ flushId: flush.id, side, memberSeq })),
    ),
  )
  await insertRows(tx, flushedMemberWriter, members)
}
