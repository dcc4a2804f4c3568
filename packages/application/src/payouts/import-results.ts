import { isUniqueViolation, payoutBatches, type payouts, type Tx } from '@ev/db'
import { recordAudit } from '../audit/record-audit.ts'
import type { Actor, Deps } from '../deps.ts'
import { type Answer, answerOnce, earlierAnswer, type Idempotency } from '../once.ts'
import type { TransferResult } from './bank.ts'
import { payoutIdOf, settleTransfer } from './transfer-payout.ts'

/** A line of a bank's result file as it came; `line` is where it stands, for whoever has to mend it. */
export type ResultLine = {
  readonly line: number
  readonly reference: string
  readonly status: string
  readonly bankReference: string
  readonly reason: string
}

/** What became of a line. `unchanged`: the payout already stood so. */
export type LineOutcome = {
  readonly line: number
  readonly reference: string
  readonly outcome: 'settled' | 'unchanged' | 'refused'
  readonly message: string
}

export type ImportResults = {
  readonly actor: Actor
  readonly idempotency: Idempotency
  readonly batchId: number
  readonly lines: readonly ResultLine[]
}

/** The batch afterwards, how many of its payouts have which status, and what became of each line. */
export type ImportedResults = {
  readonly batch: payoutBatches.PayoutBatchRow
  readonly statuses: Readonly<Record<string, number>>
  readonly outcomes: readonly LineOutcome[]
}

/**
 * Takes a bank's results for a batch. Each line is a transaction of its own: it is settled as a whole or refused with a message, whatever its neighbours are, and
 * the same line once more changes nothing. Refuses with `payout.batch_not_found`.
 */
export async function importResults(
  deps: Pick<Deps, 'db' | 'clock' | 'ids'>,
  { actor, idempotency, batchId, lines }: ImportResults,
): Promise<Answer<ImportedResults>> {
  const earlier = await earlierAnswer<ImportedResults>(deps, idempotency)
  if (earlier) return earlier
  await payoutBatches.get(deps.db.read, batchId)
  const outcomes: LineOutcome[] = []
  for (const line of lines) {
    const { outcome, message } = await importLine(deps, { batchId, line })
    outcomes.push({ line: line.line, reference: line.reference, outcome, message })
  }
  const count = (outcome: LineOutcome['outcome']) => outcomes.filter((line) => line.outcome === outcome).length
  return answerOnce(deps, idempotency, async (tx) => {
    if (count('settled') > 0) await payoutBatches.noteResults(tx, batchId, deps.clock.now())
    await recordAudit(tx, deps, {
      actorId: actor.userId,
      action: 'payout.batch_results_imported',
      subject: { type: 'payout_batch', id: batchId },
      details: { settled: count('settled'), unchanged: count('unchanged'), refused: count('refused') },
    })
    const statuses = (await payoutBatches.countByStatus(tx, [batchId])).get(batchId) ?? {}
    return { batch: await payoutBatches.get(tx, batchId), statuses, outcomes }
  })
}

type LineAnswer = Pick<LineOutcome, 'outcome' | 'message'>

const refused = (message: string): LineAnswer => ({ outcome: 'refused', message })

async function importLine(
  deps: Pick<Deps, 'db' | 'clock' | 'ids'>,
  { batchId, line }: { batchId: number; line: ResultLine },
): Promise<LineAnswer> {
  const result = resultOf(line)
  if (typeof result === 'string') return refused(result)
  const payoutId = payoutIdOf(line.reference.trim())
  if (payoutId === null) return refused('The reference is not that of a payout of this batch.')
  try {
    return await deps.db.transaction((tx) => settleLine(tx, deps, { batchId, payoutId, result }))
  } catch (error) {
    if (isUniqueViolation(error)) return refused('Another payout has this bank reference.')
    throw error
  }
}

async function settleLine(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'ids'>,
  { batchId, payoutId, result }: { batchId: number; payoutId: number; result: FinalResult },
): Promise<LineAnswer> {
  const row = (await payoutBatches.lockPayouts(tx, [payoutId]))[0]
  if (row?.batchId !== batchId) return refused('The reference is not that of a payout of this batch.')
  if (row.status === 'processing') {
    await settleTransfer(tx, deps, { payoutId, result })
    return { outcome: 'settled', message: result.state === 'processed' ? 'Completed' : 'Failed' }
  }
  return isAsStated(row, result)
    ? { outcome: 'unchanged', message: `The payout is ${row.status} already.` }
    : refused(`The payout is ${row.status} already, with another result.`)
}

function isAsStated(row: payouts.PayoutRow, result: FinalResult): boolean {
  if (result.state === 'refused') return row.status === 'failed'
  return row.status === 'completed' && row.bankReference === result.bankReference
}

type FinalResult = Exclude<TransferResult, { state: 'underway' }>

const longestReference = 100
const printable = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/

/** What a line says happened, or what is wrong with it. */
function resultOf({ status, bankReference, reason }: ResultLine): FinalResult | string {
  switch (status.trim().toLowerCase()) {
    case 'processed':
      if (!printable.test(bankReference) || bankReference.length > longestReference)
        return `A processed transfer needs its bank_reference, 1 to ${longestReference} printable characters.`
      return { state: 'processed', bankReference }
    case 'failed':
      return { state: 'refused', reason: reason.trim().slice(0, 1_000) || 'The bank refused the transfer.' }
    default:
      return 'The status must be processed or failed.'
  }
}
