import { type Chance, seededChance } from './chance.ts'
import { busyMembers, type Counts, hashLike, type NewRow, type TableRows, writtenAt } from './rows.ts'

/** Payouts with their parts, and the tax records. */
export function moneyOutTables(counts: Counts, seed: number): TableRows[] {
  return [
    { table: 'payouts', rows: payouts(counts, seed) },
    { table: 'payout_transactions', rows: parts(counts, seed) },
    { table: 'tds_records', rows: taxRecords(counts) },
  ]
}

type Facts = { readonly id: number; readonly userId: number; readonly status: string; readonly at: Date }

const requested = 200_000
const tax = 10_000
const transferred = requested - tax

function status(chance: Chance): string {
  const draw = chance.below(100)
  if (draw < 80) return 'completed'
  return draw < 85 ? 'rejected' : draw < 90 ? 'cancelled' : draw < 93 ? 'failed' : draw < 98 ? 'pending' : 'processing'
}

/** Both tables are made from the same draws, so that the parts are those of the payouts that completed. */
function* facts({ payouts: count, members }: Counts, seed: number): Generator<Facts> {
  const chance = seededChance(seed)
  for (let id = 1; id <= count; id += 1) {
    const userId = chance.happens(0.01) ? 1 + chance.below(busyMembers) : 1 + chance.below(members)
    yield { id, userId, status: status(chance), at: writtenAt(id, count) }
  }
}

function* payouts(counts: Counts, seed: number): Generator<NewRow> {
  for (const { id, userId, status, at } of facts(counts, seed)) {
    const isCompleted = status === 'completed'
    yield {
      id,
      user_id: userId,
      requested_amount: requested,
      tds_amount: tax,
      net_amount: transferred,
      emi_amount: 0,
      transfer_amount: transferred,
      status,
      bank_name: 'State Bank of India',
      account_number_encrypted: hashLike(9, id),
      account_number_hash: hashLike(10, userId),
      account_number_last4: '4321',
      ifsc_code: 'SBIN0000001',
      account_holder_name: 'A Member',
      bank_reference: isCompleted ? `UTR${id}` : null,
      plan_version: 1,
      created_at: at,
      processed_at: isCompleted ? at : null,
      completed_at: isCompleted ? at : null,
      updated_at: at,
    }
  }
}

function* parts(counts: Counts, seed: number): Generator<NewRow> {
  let id = 0
  for (const { id: payoutId, userId, status, at } of facts(counts, seed)) {
    if (status !== 'completed') continue
    for (const [type, amount] of [
      ['payout', transferred],
      ['tds', tax],
    ] as const) {
      id += 1
      const description = type === 'tds' ? 'Tax deducted at source' : 'Transfer to the bank account'
      yield { id, payout_id: payoutId, user_id: userId, transaction_type: type, amount, description, created_at: at }
    }
  }
}

function* taxRecords({ members }: Counts): Generator<NewRow> {
  const withRecord = Math.floor(members * 0.3)
  let id = 0
  for (const [year, name] of [
    [2024, '2024-25'],
    [2025, '2025-26'],
    [2026, '2026-27'],
  ] as const) {
    const at = new Date(Date.UTC(year, 11, 1))
    for (let userId = 1; userId <= withRecord; userId += 1) {
      id += 1
      yield {
        id,
        user_id: userId,
        financial_year: name,
        total_payout: requested,
        tds_deducted: tax,
        q3_payout: requested,
        q3_tds: tax,
        certificate_number: `TDS-${name}-${userId}`,
        created_at: at,
        updated_at: at,
      }
    }
  }
}
