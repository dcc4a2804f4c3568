import { importResults, mostOfBatch, type ResultLine } from '@ev/application'
import { DomainError } from '@ev/domain'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { anyText } from '../fields.ts'
import { entityId } from '../http/index.ts'
import { readResultFile } from './bank-results.ts'
import { resultsView, toBatchView, toResultsView } from './batch.view.ts'

const resultRow = z.object({
  reference: anyText(100).meta({ description: 'From the bank file.', examples: ['payout-9'] }),
  status: anyText(30),
  bank_reference: anyText(200).nullish(),
  reason: anyText(1_000).nullish(),
})

const resultsBody = z.object({
  rows: z
    .array(resultRow)
    .min(1)
    .max(mostOfBatch)
    .optional()
    .meta({ description: 'One a transfer, instead of `csv`.' }),
  csv: z
    .string()
    .max(100_000)
    .optional()
    .meta({ description: 'The bank’s file as text, with the columns `reference, status, bank_reference, reason`.' }),
})

export const importResultsRoute = defineRoute({
  method: 'post',
  path: '/payout/batches/{id}/results/',
  summary: 'Take the bank’s results for a batch',
  description:
    'Rows or a CSV text; `status` is `processed` (with its `bank_reference`) or `failed` (with a `reason`). Good lines are settled, each as a whole; bad ones are listed with their line number. The same results once more change nothing.',
  access: 'admin',
  idempotent: 'money',
  request: { params: z.object({ id: entityId }), body: resultsBody },
  response: { status: 200, body: resultsView },
  refusals: ['payout.batch_not_found', 'validation.failed'],
  async handle(deps, { actor, params, body, idempotency, setReplayed }) {
    const command = { actor, idempotency, batchId: params.id }
    const { value, replayed } = await importResults(deps, { ...command, lines: linesOf(body) })
    if (replayed) setReplayed()
    return toResultsView(toBatchView(value.batch, value.statuses), value.outcomes)
  },
})

function linesOf({ rows, csv }: z.output<typeof resultsBody>): ResultLine[] {
  if ((rows === undefined) === (csv === undefined)) {
    throw new DomainError('validation.failed', { reason: 'Either rows or csv is expected.' }, 'rows')
  }
  if (csv !== undefined) return readResultFile(csv, { limit: mostOfBatch })
  return rows!.map((row, index) => ({
    line: index + 1,
    reference: row.reference,
    status: row.status,
    bankReference: row.bank_reference ?? '',
    reason: row.reason ?? '',
  }))
}
