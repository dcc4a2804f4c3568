import { type Chance, seededChance } from './chance.ts'
import { busyMembers, type Counts, type NewRow, type TableRows, writtenAt } from './rows.ts'

/** Journal entries, the lines of all statements, and the wallets that they come to. */
export function bookTables(counts: Counts, seed: number): TableRows[] {
  const balances = new Float64Array(counts.members + 1)
  const earned = new Float64Array(counts.members + 1)
  return [
    { table: 'journal_entries', rows: entries(counts) },
    { table: 'wallet_transactions', rows: statementLines(counts, seededChance(seed), { balances, earned }) },
    { table: 'wallets', rows: wallets(counts, { balances, earned }) },
  ]
}

type Sums = { readonly balances: Float64Array; readonly earned: Float64Array }

function* entries({ entries: count }: Counts): Generator<NewRow> {
  for (let id = 1; id <= count; id += 1) {
    yield {
      id,
      key: `large:${id}`,
      reference_type: 'payment',
      reference_id: id,
      plan_version: 1,
      created_at: writtenAt(id, count),
    }
  }
}

const credits = [
  { type: 'REFERRAL_BONUS', reference: 'payment', isEarned: true },
  { type: 'REFERRAL_BONUS', reference: 'payment', isEarned: true },
  { type: 'BINARY_PAIR', reference: 'pair', isEarned: true },
  { type: 'BINARY_PAIR', reference: 'pair', isEarned: true },
  { type: 'DEPOSIT', reference: 'deposit', isEarned: false },
  { type: 'REFUND', reference: 'refund', isEarned: false },
]
const debits = [
  { type: 'EMI_DEDUCTION', reference: 'pair', isEarned: false },
  { type: 'EMI_DEDUCTION', reference: 'pair', isEarned: false },
  { type: 'RESERVE_DEDUCTION', reference: 'pair', isEarned: false },
  { type: 'PAYOUT', reference: 'payout', isEarned: false },
  { type: 'BOOKING_PAYMENT', reference: 'booking', isEarned: false },
]
const rare = { type: 'ADJUSTMENT', reference: 'adjustment', isEarned: false }

/** A quarter of all lines stands in the statements of the busy members: 50,000 each at full size. */
const shareOfBusy = 0.25

function* statementLines(
  { walletLines: count, members }: Counts,
  chance: Chance,
  { balances, earned }: Sums,
): Generator<NewRow> {
  for (let id = 1; id <= count; id += 1) {
    const userId = chance.happens(shareOfBusy) ? 1 + chance.below(busyMembers) : 1 + chance.below(members)
    const before = balances[userId]!
    const isDebit = before > 100_000 && chance.happens(0.5)
    const kind = chance.happens(0.0005) ? rare : chance.pick(isDebit ? debits : credits)
    const amount = isDebit ? -(1 + chance.below(100_000)) : 10_000 + chance.below(50_000)
    const after = before + amount
    balances[userId] = after
    if (kind.isEarned) earned[userId]! += amount
    yield {
      id,
      wallet_id: userId,
      user_id: userId,
      journal_entry_id: Math.ceil(id / 2),
      line_number: 2 - (id % 2),
      transaction_type: kind.type,
      amount,
      balance_before: before,
      balance_after: after,
      description: 'A line of a long statement',
      reference_type: kind.reference,
      reference_id: 1 + (id % 1_000),
      created_at: writtenAt(id, count),
    }
  }
}

function* wallets({ members }: Counts, { balances, earned }: Sums): Generator<NewRow> {
  for (let id = 1; id <= members; id += 1) {
    const at = writtenAt(id, members)
    yield {
      id,
      user_id: id,
      balance: balances[id]!,
      total_earned: earned[id]!,
      created_at: at,
      updated_at: at,
    }
  }
}
