import type { CreatedBatch, LineOutcome } from '@ev/application'
import type { payoutBatches, payouts } from '@ev/db'
import { z } from 'zod'
import { idNumber, instant, rupees } from '../http/index.ts'
import { payoutView, toPayoutView } from './payout.view.ts'

type Counts = Partial<Record<payouts.PayoutRow['status'], number>>

const statusCounts = z.object({
  processing: z.int().meta({ description: 'How many wait for their result.' }),
  completed: z.int().meta({ description: 'How many were paid.' }),
  failed: z.int().meta({ description: 'How many the bank refused.' }),
})

/** A batch of payouts for one bank file. `total_amount` is what the file transfers. */
export const batchView = z
  .object({
    id: idNumber,
    created_by: idNumber.meta({ description: 'The admin who made it.' }),
    payout_count: z.int().meta({ description: 'How many payouts are in it.', examples: [12] }),
    total_amount: rupees,
    statuses: statusCounts.meta({ description: 'How many of its payouts stand where.' }),
    created_at: instant,
    results_imported_at: instant.nullable().meta({ description: 'When the first results came in; null before.' }),
  })
  .meta({ id: 'PayoutBatch' })

export function toBatchView(batch: payoutBatches.PayoutBatchRow, statuses: Counts): z.output<typeof batchView> {
  return {
    id: batch.id,
    created_by: batch.createdById,
    payout_count: batch.payoutCount,
    total_amount: batch.totalAmount,
    statuses: { processing: 0, completed: 0, failed: 0, ...statuses },
    created_at: batch.createdAt,
    results_imported_at: batch.resultsImportedAt,
  }
}

export const batchDetailView = batchView.extend({
  payouts: z.array(payoutView).meta({ description: 'The payouts of the batch.' }),
})

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
export const resultsView = z
  .object({
    batch: batchView.meta({ description: 'The batch after it.' }),
    settled: z.int().meta({ description: 'Lines that completed or failed a payout.' }),
    unchanged: z.int().meta({ description: 'Lines whose payout stood so already.' }),
    refused: z.int().meta({ description: 'Lines that could not be taken; each says why.' }),
    lines: z
      .array(
        z.object({
          line: z.int().meta({ description: 'Where the line stands: in a CSV the heading is line 1.' }),
          reference: z.string().meta({ description: 'The reference of the transfer.', examples: ['payout-9'] }),
          outcome: z.enum(['settled', 'unchanged', 'refused']).meta({ description: 'What became of the line.' }),
          message: z.string(),
        }),
      )
      .meta({ description: 'Every line with what became of it.' }),
  })
  .meta({ id: 'BatchResults' })

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
