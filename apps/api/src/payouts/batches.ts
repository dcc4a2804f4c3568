import { createBatch, mostOfBatch, readBankFile } from '@ev/application'
import { payoutBatches } from '@ev/db'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { csv } from '../documents/csv.ts'
import { createdQuery } from '../fields.ts'
import { entityId, idNumber, pageQuery, pageView } from '../http/index.ts'
import { answerPage } from '../lists.ts'
import {
  batchDetailView,
  batchView,
  createdBatchView,
  toBatchDetailView,
  toBatchView,
  toCreatedBatchView,
} from './batch.view.ts'

export const createBatchRoute = defineRoute({
  method: 'post',
  path: '/payout/batches/',
  summary: 'Approve payouts into one batch with one bank file',
  description: `Takes the named payouts, or every pending one, oldest first, at most ${mostOfBatch}. One’s own and those that are not pending are skipped and listed. The payouts of a batch go by its bank file and are never sent by the bank port.`,
  access: 'admin',
  idempotent: 'money',
  request: {
    body: z.object({
      payouts: z
        .array(idNumber)
        .min(1)
        .max(mostOfBatch)
        .optional()
        .meta({ description: 'Ids of payouts; every pending one when absent.' }),
    }),
  },
  response: { status: 201, body: createdBatchView },
  refusals: ['payout.batch_empty'],
  async handle(deps, { actor, body, idempotency, setReplayed }) {
    const command = { actor, payoutIds: body.payouts ?? null, idempotency }
    const { value, replayed } = await createBatch(deps, command)
    if (replayed) setReplayed()
    return toCreatedBatchView(value)
  },
})

export const listBatchesRoute = defineRoute({
  method: 'get',
  path: '/payout/batches/',
  summary: 'Batches of payouts, newest first',
  access: 'admin',
  request: { query: pageQuery.extend(createdQuery) },
  response: { status: 200, body: pageView(batchView) },
  refusals: [],
  handle({ db }, { query, request: { url } }) {
    const filter = { createdAfter: query.created_after, createdBefore: query.created_before }
    return answerPage(
      { query, url },
      async (page) => {
        const { count, rows } = await payoutBatches.list(db.read, filter, page)
        const statuses = await payoutBatches.countByStatus(
          db.read,
          rows.map(({ id }) => id),
        )
        return { count, rows: rows.map((batch) => ({ batch, statuses: statuses.get(batch.id) ?? {} })) }
      },
      ({ batch, statuses }) => toBatchView(batch, statuses),
    )
  },
})

export const getBatchRoute = defineRoute({
  method: 'get',
  path: '/payout/batches/{id}/',
  summary: 'One batch with its payouts',
  access: 'admin',
  request: { params: z.object({ id: entityId }) },
  response: { status: 200, body: batchDetailView },
  refusals: ['payout.batch_not_found'],
  handle: async ({ db }, { params }) =>
    toBatchDetailView(await payoutBatches.get(db.read, params.id), await payoutBatches.payoutsOf(db.read, params.id)),
})

export const getBankFileRoute = defineRoute({
  method: 'get',
  path: '/payout/batches/{id}/file.csv',
  summary: 'The bank file of a batch',
  description:
    'Transfers that wait for their result, with account numbers in clear. Every download is written into the audit log.',
  access: 'admin',
  request: { params: z.object({ id: entityId }) },
  response: { status: 200, file: 'text/csv' },
  refusals: ['payout.batch_not_found', 'payout.batch_settled'],
  async handle(deps, { actor, params }) {
    const lines = await readBankFile(deps, { actor, batchId: params.id })
    const content = csv({
      columns: ['reference', 'beneficiary_name', 'account_number', 'ifsc_code', 'bank_name', 'amount', 'mode'],
      rows: lines.map((line) => [
        line.reference,
        line.beneficiaryName,
        line.accountNumber,
        line.ifscCode,
        line.bankName,
        line.amount,
        line.mode,
      ]),
    })
    return { content, filename: `payout-batch-${params.id}.csv` }
  },
})
