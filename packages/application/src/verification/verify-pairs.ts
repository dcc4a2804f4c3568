import { earningFigures, type StoredEntry, withEntries } from '@ev/db'
import {
  creditableAt,
  creditPair,
  emptyWallet,
  type Journal,
  maxPaise,
  type Paise,
  pairCredit,
  pairReversalKey,
  reversePair,
  sumPaise,
} from '@ev/domain'
import { compareEntries, reportOrphans } from './compare-entries.ts'
import type { Verification } from './verification.ts'

type PairRow = Awaited<ReturnType<ReturnType<typeof earningFigures.readPairs>>>[number]

/**
 * Every pair has the amounts of its plan, and once its credit is due one earning, divided and posted as the plan says. A reversed one was
 * credited before and gives all of it back, or was not and has none.
 */
export async function verifyPairs(verification: Verification): Promise<void> {
  const { reader, found, count } = verification
  for await (const { rows, entries } of withEntries(reader, 'pair', earningFigures.readPairs(reader))) {
    count('pairs', rows.length)
    reportOrphans(found, { kind: 'pair', rows, entries })
    for (const row of rows) verifyPair(verification, { row, entries: entries.get(row.id) ?? [] })
  }
}

function verifyPair(verification: Verification, { row, entries }: { row: PairRow; entries: StoredEntry[] }): void {
  const { found, plans } = verification
  const { id, status, pairAmount, earningAmount, earning } = row
  const plan = plans.version(row.planVersion)
  const subject = `pair ${id}`
  compareEntries(found, {
    kind: 'pair',
    subject,
    expected: () => pairJournals(verification, { row, entries }),
    actual: entries,
  })
  const isTakenOver = id <= verification.before.lastPairId
  // Credits made before the take-over stand in the opening balances.
  if (isTakenOver && status === 'processed' && !earning) return
  if (!isTakenOver)
    found.expectEqual('pair.amounts', subject, {
      expected: `${plan.pairValue} earns ${plan.pairEarning}`,
      actual: `${pairAmount} earns ${earningAmount}`,
    })
  const isCredited = status === 'processed' || (status === 'reversed' && row.processedAt !== null)
  found.expectEqual('pair.processed', subject, { expected: isCredited, actual: earning !== null })
  if (earning) verifyEarning(verification, { row, earning })
  else if (status !== 'reversed' && creditableAt(row.matchedAt, plan) <= verification.settledBefore)
    found.expectEqual('pair.credited', subject, { expected: true, actual: false })
}

function verifyEarning(
  { found, plans, settledBefore }: Verification,
  { row, earning }: { row: PairRow; earning: NonNullable<PairRow['earning']> },
): void {
  const subject = `pair ${row.id}`
  const { emi } = pairCredit({ ...row, earning: row.earningAmount }, plans.version(row.planVersion))
  found.expectEqual('pair.earning', subject, {
    expected: `${row.earningAmount} of member ${row.userId}`,
    actual: `${earning.amount} of member ${earning.userId}`,
  })
  found.expectEqual('pair.number', subject, { expected: row.pairNumber, actual: earning.pairNumber })
  found.expectEqual('pair.deduction', subject, { expected: emi, actual: earning.emiDeducted })
  found.expectEqual('pair.parts', subject, {
    expected: earning.amount,
    actual: earning.netAmount + earning.emiDeducted,
  })
  const { reversedAt } = row
  if (reversedAt !== null && reversedAt > settledBefore && earning.reversedAmount === 0n) return
  found.expectEqual('pair.reversed', subject, {
    expected: reversedAt === null ? 0n : earning.amount,
    actual: earning.reversedAmount,
  })
}

/** What is posted of a pair: nothing before it is credited, and all of it back once it is reversed. */
function pairJournals(
  { plans }: Verification,
  { row, entries }: { row: PairRow; entries: readonly StoredEntry[] },
): Journal[] {
  if (!row.earning) return []
  const { id: pairId, userId, pairNumber, isActiveBuyer, earningAmount: earning } = row
  const { emiDeducted, reversedAmount } = row.earning
  const wallet = emptyWallet(userId)
  const pair = { pairId, userId, pairNumber, isActiveBuyer, earning }
  const credit = creditPair({ ...pair, booking: null }, plans.version(row.planVersion), wallet).journal
  if (reversedAmount === 0n) return [credit]
  // How much of the deduction still lay in the reserve depended on what the member's bookings had drawn.
  const back = entries.find(({ key }) => key === pairReversalKey(pairId))
  const emiReserve = maxPaise(-reserveChange(back), 0n)
  return [credit, reversePair({ ...pair, emiDeducted }, { ...wallet, balance: earning, emiReserve })]
}

const reserveChange = (entry: StoredEntry | undefined): Paise =>
  sumPaise((entry?.lines ?? []).filter(({ kind }) => kind === 'member_emi_reserve').map(({ amount }) => amount))
