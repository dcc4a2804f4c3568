import type { PlacementRecord, Side } from '@ev/domain'
import { inList } from '../direct/direct.ts'
import { insertRows, type RowWriter } from '../direct/write-rows.ts'
import { directOf, type Reader, type Tx } from '../tx.ts'
import { directPages, numberOrNull } from './pages.ts'

export type StoredPlacement = PlacementRecord & { readonly userId: number }

/** Every placement in order of sequence, with its member, page by page. */
export function placementPages(reader: Reader | Tx): AsyncGenerator<StoredPlacement[]> {
  const columns = 'seq, user_id, sponsor_seq, parent_seq, side, qualified_at IS NOT NULL'
  return directPages(
    reader,
    { columns, table: 'placements', key: 'seq' },
    ([seq, user, sponsor, parent, side, is]) => ({
      seq: Number(seq),
      userId: Number(user),
      sponsor: numberOrNull(sponsor),
      parent: numberOrNull(parent),
      side: side as Side | null,
      qualified: Number(is) === 1,
    }),
  )
}

/** A new place. A root has neither parent nor side; whoever does not count for pairs has no `qualifiedAt`. */
export type NewPlacement = {
  readonly seq: number
  readonly userId: number
  readonly sponsorSeq?: number
  readonly parentSeq?: number
  readonly side?: Side
  readonly level: number
  readonly placedAt: Date
  readonly qualifiedAt?: Date | null
  readonly isQualifiedBySale?: boolean
}

const placementWriter: RowWriter<NewPlacement> = {
  table: 'placements',
  columns: {
    seq: ({ seq }) => seq,
    user_id: ({ userId }) => userId,
    sponsor_seq: ({ sponsorSeq = null }) => sponsorSeq,
    parent_seq: ({ parentSeq = null }) => parentSeq,
    side: ({ side = null }) => side,
    level: ({ level }) => level,
    placed_at: ({ placedAt }) => placedAt,
    qualified_at: ({ qualifiedAt = null }) => qualifiedAt,
    is_qualified_by_sale: ({ isQualifiedBySale = false }) => isQualifiedBySale,
  },
}

export function insertPlacements(tx: Tx, rows: readonly NewPlacement[]): Promise<void> {
  return insertRows(tx, placementWriter, rows)
}

/** What placing needs to know of a member. */
export type PlacingMember = {
  readonly id: number
  readonly referredById: number | null
  readonly placementPreference: Side | 'auto'
  readonly isActiveBuyer: boolean
}

const mostIdsAStatement = 1_024

/** These members, in no order; those who do not exist are left out. */
export async function placingMembers(tx: Tx, ids: readonly number[]): Promise<PlacingMember[]> {
  const members: PlacingMember[] = []
  for (let from = 0; from < ids.length; from += mostIdsAStatement) {
    const [first, ...others] = ids.slice(from, from + mostIdsAStatement)
    const { marks, values } = inList([first!, ...others])
    const rows = await directOf(tx).rows(
      `SELECT id, referred_by_id, placement_preference, is_active_buyer FROM users WHERE id IN (${marks})`,
      values,
    )
    for (const [id, referrer, preference, isBuyer] of rows) {
      members.push({
        id: Number(id),
        referredById: numberOrNull(referrer),
        placementPreference: preference as PlacingMember['placementPreference'],
        isActiveBuyer: Number(isBuyer) === 1,
      })
    }
  }
  return members
}
