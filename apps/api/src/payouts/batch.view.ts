import type { CreatedBatch, LineOutcome } from '@ev/application'
import type { payoutBatches, payouts } from '@ev/db'
import { payoutStatuses } from '@ev/domain'
import { z } from 'zod'
import { idNumber, instant, rupees } from '../http/index.ts'
import { payoutView, toPayoutView } from './payout.view.ts'

type Counts = Partial<Record<payouts.PayoutRow['status'], number>>

/** A batch of payouts for one bank file. `total_amount` is what the file transfers. */
export const batchView = z.object({
  id: idNumber,
  created_by: idNumber,
  payout_count: z.int(),
  total_amount: rupees,
  statuses: z
    .partialRecord(z.enum(payoutStatuses), z.int())
    .meta({ description: 'How many payouts are in each state.' }),
  created_at: instant,
  results_imported_at: instant.nullable(),
})

export function toBatchView(batch: payoutBatches.PayoutBatchRow, statuses: Counts): z.output<typeof batchView> {
  return {
    id: batch.id,
    created_by: batch.createdById,
    payout_count: batch.payoutCount,
    total_amount: batch.totalAmount,
    statuses,
    created_at: batch.createdAt,
    results_imported_at: batch.resultsImportedAt,
  }
}

export const batchDetailView = batchView.extend({ payouts: z.array(payoutView) })

export function toBatchDetailView(
  batch: payoutBatches.PayoutBatchRow,
  rows: readonly payouts.PayoutRow[],
): z.output<typeof batchDetailView> {
  const statuses: Counts = {}
  for (const { status } of rows) statuses[status] = (statuses[status] ?? 0) + 1
  return { ...toBatchView(batch, statuses), payouts: rows.map(toPayoutView) }
}

export const createdBatchView = batchView.extend({
  skipped: z
    .array(z.object({ payout: idNumber, code: z.string(), reason: z.string() }))
    .meta({ description: 'Payouts that did not go into the batch, and why.' }),
})

export function toCreatedBatchView({ batch, skipped }: CreatedBatch): z.output<typeof createdBatchView> {
  return {
    ...toBatchView(batch, { processing: batch.payoutCount }),
    skipped: skipped.map(({ payoutId, code, reason }) => ({ payout: payoutId, code, reason })),
  }
}

/** What became of the lines of a result file. */
export const resultsView = z.object({
  batch: batchView,
  settled: z.int(),
  unchanged: z.int(),
  refused: z.int(),
  lines: z.array(
    z.object({
      line: z.int(),
      reference: z.string(),
      outcome: z.enum(['settled', 'unchanged', 'refused']),
      message: z.string(),
    }),
  ),
})

export function toResultsView(
  batch: z.output<typeof batchView>,
  lines: readonly LineOutcome[],
): z.output<typeof resultsView> {
  const count = (outcome: LineOutcome['outcome']) => lines.filter((line) => line.outcome === outcome).length
  return {
    batch,
    settled: count('settled'),
    unchanged: count('unchanged'),
    refused: count('refused'),
    lines: lines.map(({ line, reference, outcome, message }) => ({ line, reference, outcome, message })),
  }
}
