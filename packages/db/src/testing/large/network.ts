import { type Chance, seededChance } from './chance.ts'
import { type Counts, type NewRow, type TableRows, writtenAt } from './rows.ts'

/** A complete binary tree of all members, and pairs with what they earned. */
export function networkTables(counts: Counts, seed: number): TableRows[] {
  return [
    { table: 'placements', rows: placements(counts, seededChance(seed)) },
    { table: 'legs', rows: legs(counts) },
    { table: 'pairs', rows: pairs(counts) },
    { table: 'earnings', rows: earnings(counts) },
    { table: 'network_head', rows: [head(counts)] },
  ]
}

const month = (at: Date) => at.toISOString().slice(0, 7)

function* placements({ members }: Counts, chance: Chance): Generator<NewRow> {
  for (let seq = 1; seq <= members; seq += 1) {
    const at = writtenAt(seq, members)
    const parent = Math.floor(seq / 2)
    yield {
      seq,
      user_id: seq,
      sponsor_seq: seq === 1 ? null : parent,
      parent_seq: seq === 1 ? null : parent,
      side: seq === 1 ? null : seq % 2 === 0 ? 'left' : 'right',
      level: Math.floor(Math.log2(seq)),
      placed_at: at,
      qualified_at: chance.happens(0.8) ? at : null,
      is_qualified_by_sale: false,
    }
  }
}

/** How many of the nodes up to `last` stand below `seq`, itself included, in the complete tree. */
function teamOf(seq: number, last: number): number {
  let size = 0
  for (let low = seq, high = seq; low <= last; low *= 2, high = high * 2 + 1) size += Math.min(high, last) - low + 1
  return size
}

function* legs({ members }: Counts): Generator<NewRow> {
  for (let seq = 1; seq <= members; seq += 1) {
    const [left, right] = [teamOf(seq * 2, members), teamOf(seq * 2 + 1, members)]
    yield { seq, left_team: left, right_team: right, left_qualified: left, right_qualified: right }
  }
}

function head({ members }: Counts): NewRow {
  const at = writtenAt(members, members)
  return { id: 1, version: 1, last_seq: members, month: month(at), updated_at: at }
}

/** Ten pairs a month are the most, so the root has two years of these; the members after it have one each. */
const mostOfRoot = 240

/** Whose pair `id` is, and which of theirs: every tenth is the root's until it has its share. */
function earnerOf(id: number): { userId: number; number: number } {
  const ofRoot = Math.min(Math.floor(id / 10), mostOfRoot)
  return id % 10 === 0 && id / 10 <= mostOfRoot ? { userId: 1, number: ofRoot } : { userId: 1 + id - ofRoot, number: 1 }
}

const unprocessed = 20

function* pairs({ pairs: count }: Counts): Generator<NewRow> {
  for (let id = 1; id <= count; id += 1) {
    const at = writtenAt(id, count)
    const { userId, number } = earnerOf(id)
    const isProcessed = id <= count - unprocessed
    yield {
      id,
      user_id: userId,
      left_user_id: 1 + number,
      right_user_id: 1 + count + number,
      pair_number: number,
      pair_amount: 100_000,
      earning_amount: 50_000,
      status: isProcessed ? 'processed' : 'matched',
      month: month(at),
      is_active_buyer: true,
      plan_version: 1,
      created_at: at,
      matched_at: at,
      processed_at: isProcessed ? at : null,
      standing_left_id: 1 + number,
      standing_right_id: 1 + count + number,
      reversed_at: null,
      reversed_side: null,
    }
  }
}

function* earnings({ pairs: count }: Counts): Generator<NewRow> {
  for (let id = 1; id <= count; id += 1) {
    const { userId, number } = earnerOf(id)
    yield {
      id,
      user_id: userId,
      pair_id: id,
      journal_entry_id: id,
      pair_number: number,
      amount: 50_000,
      emi_deducted: 0,
      net_amount: 50_000,
      created_at: writtenAt(id, count),
      reversed_amount: 0,
    }
  }
}
