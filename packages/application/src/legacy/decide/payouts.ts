import type { LegacyRecord, takeOver } from '@ev/db'
import {
  isAccountNumber,
  isIfsc,
  maxPaise,
  minPaise,
  type Paise,
  payoutTransactions,
  shareOf,
  sumPaise,
} from '@ev/domain'
import type { Discrepancies } from '../discrepancies.ts'
import { payoutStatuses } from '../mapping.ts'
import { flagOf, groupBy, idOf, instantOf, instantOrNull, paiseOf, textOf, textOrNull, wordOf } from '../values.ts'

type PayoutRow = takeOver.NewRows['payouts']

/** A payout whose account number is still to be sealed. */
export type PayoutDraft = {
  readonly row: Omit<PayoutRow, 'accountNumberEncrypted' | 'accountNumberHash' | 'accountNumberLast4'>
  readonly accountNumber: string
  /** Whether the old wallet had been debited for it. */
  readonly wasDebited: boolean
}

export function decidePayouts(
  {
    payouts,
    transactions,
    walletRows,
  }: { payouts: readonly LegacyRecord[]; transactions: readonly LegacyRecord[]; walletRows: readonly LegacyRecord[] },
  {
    members,
    found,
    now,
    planVersion,
  }: { members: ReadonlySet<number>; found: Discrepancies; now: Date; planVersion: number },
): PayoutDraft[] {
  const rowsOf = groupBy(transactions, 'payout_id')
  const references = new Set<string>()
  const debited = new Set(
    walletRows.filter((row) => row['transaction_type'] === 'PAYOUT').map((row) => Number(row['reference_id'] ?? 0)),
  )
  return payouts.flatMap((row): PayoutDraft[] => {
    const id = idOf(row)
    const userId = idOf(row, 'user_id')
    const subject = `payout ${id} of member ${userId}`
    const requested = paiseOf(row, 'requested_amount')
    if (!members.has(userId)) found.add('row.orphan', subject, { amount: requested })
    else if (requested <= 0n) found.add('payout.amounts', subject, { amount: requested })
    if (!members.has(userId) || requested <= 0n) return []
    const status = wordOf(payoutStatuses, textOf(row, 'status'))
    if (status === null) found.add('word.unknown', `status of ${subject}`, { note: textOf(row, 'status', 20) })
    const amounts = amountsOf(row, { subject, requested, found })
    if (status === 'completed') reportTransactions(subject, rowsOf.get(id) ?? [], { requested, found })
    if (status === 'processing') found.add('payout.on_its_way', subject, { amount: requested })
    const waits = status === 'pending' || status === 'processing' || status === null
    if (waits && !(isAccountNumber(textOf(row, 'account_number')) && isIfsc(textOf(row, 'ifsc_code', 11))))
      found.add('payout.account', subject, { note: `…${textOf(row, 'account_number').slice(-4)}` })
    const createdAt = instantOf(row, 'created_at', now)
    const processedAt = instantOrNull(row, 'processed_at')
    const completedAt = instantOf(row, 'completed_at', processedAt ?? createdAt)
    const reference = textOrNull(row, 'transaction_id', 100)
    const isNew = reference !== null && !references.has(reference)
    if (isNew) references.add(reference)
    return [
      {
        accountNumber: textOf(row, 'account_number', 50),
        wasDebited: debited.has(id),
        row: {
          id,
          userId,
          requestedAmount: requested,
          ...amounts,
          emiAutoFilled: flagOf(row, 'emi_auto_filled'),
          status: status ?? 'pending',
          bankName: textOf(row, 'bank_name', 200),
          ifscCode: textOf(row, 'ifsc_code', 11),
          accountHolderName: textOf(row, 'account_holder_name', 200),
          bankReference: isNew ? reference : null,
          failureReason: textOf(row, 'rejection_reason', 1_000),
          notes: textOf(row, 'notes', 1_000),
          planVersion,
          createdAt,
          processedAt,
          completedAt: status === 'completed' ? completedAt : null,
          updatedAt: now,
        },
      },
    ]
  })
}

const [tdsBps, tdsCeiling] = [500, 1_000_000n]

/** The tax as it was withheld; what the bank transferred is the rest. */
function amountsOf(
  row: LegacyRecord,
  { subject, requested, found }: { subject: string; requested: Paise; found: Discrepancies },
) {
  const tdsAmount = minPaise(maxPaise(paiseOf(row, 'tds_amount'), 0n), requested)
  const netAmount = requested - tdsAmount
  const emiAmount = minPaise(maxPaise(paiseOf(row, 'emi_amount'), 0n), netAmount)
  const due = minPaise(shareOf(requested, tdsBps), tdsCeiling)
  if (tdsAmount !== due) found.add('tds.amount', subject, { amount: tdsAmount - due })
  const stated = paiseOf(row, 'net_amount')
  if (stated !== netAmount) found.add('payout.amounts', subject, { amount: stated - netAmount })
  return { tdsAmount, netAmount, emiAmount, transferAmount: netAmount - emiAmount }
}

function reportTransactions(
  subject: string,
  rows: readonly LegacyRecord[],
  { requested, found }: { requested: Paise; found: Discrepancies },
): void {
  const emi = rows.filter((row) => textOf(row, 'transaction_type').toLowerCase().startsWith('emi'))
  for (const extra of emi.slice(1)) found.add('emi.autofill_twice', subject, { amount: paiseOf(extra, 'amount') })
  const sum = sumPaise(rows.map((row) => paiseOf(row, 'amount')))
  if (sum !== requested) found.add('payout.transactions', subject, { amount: sum - requested })
}

/** The parts of the completed payouts, as rows that add up to them. */
export function partsOf(payouts: readonly PayoutDraft[]): takeOver.NewRows['payoutTransactions'][] {
  const descriptions = { payout: 'Bank transfer', tds: 'Tax deducted at source', emi_auto_fill: 'EMI payment' } as const
  return payouts
    .filter(({ row }) => row.status === 'completed')
    .flatMap(({ row }) =>
      payoutTransactions({
        amounts: {
          requested: BigInt(row.requestedAmount),
          tds: BigInt(row.tdsAmount),
          net: BigInt(row.netAmount),
          emi: BigInt(row.emiAmount ?? 0),
          transfer: BigInt(row.transferAmount),
        },
      }).map(({ type, amount }) => ({
        payoutId: row.id!,
        userId: row.userId,
        transactionType: type,
        amount,
        description: descriptions[type],
        createdAt: row.completedAt!,
      })),
    )
}
