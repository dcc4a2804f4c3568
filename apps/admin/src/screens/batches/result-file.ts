import { CsvError, parse } from 'csv-parse/browser/esm/sync'
import { type RupeesText, sumOf } from '../../money/rupees.ts'
import type { Batch } from './batch.ts'

/** The longest file that the API takes, in characters. */
export const longestFile = 100_000

/** What a result file says of a batch, before the server takes it. `other` counts the lines that change nothing or that nobody waits for. */
export type Announced = {
  readonly paid: number
  readonly paidAmount: RupeesText
  readonly failed: number
  readonly failedAmount: RupeesText
  readonly other: number
}

type Line = { readonly reference?: string; readonly status?: string }

/**
 * Reads what a bank's result file announces for the payouts that wait. Answers a sentence instead when the text is no such file. The server
 * reads the file again, and decides.
 */
export function announcedBy(text: string, payouts: Batch['payouts']): Announced | string {
  const lines = linesOf(text)
  if (typeof lines === 'string') return lines
  const waiting = new Map(
    payouts.filter(({ status }) => status === 'processing').map((payout) => [`payout-${payout.id}`, payout]),
  )
  const amounts: { processed: RupeesText[]; failed: RupeesText[] } = { processed: [], failed: [] }
  let other = 0
  for (const { reference, status } of lines) {
    const payout = waiting.get(reference ?? '')
    if (payout && (status === 'processed' || status === 'failed')) amounts[status].push(payout.transfer_amount)
    else other += 1
  }
  return {
    paid: amounts.processed.length,
    paidAmount: sumOf(amounts.processed),
    failed: amounts.failed.length,
    failedAmount: sumOf(amounts.failed),
    other,
  }
}

function linesOf(text: string): Line[] | string {
  if (text.length > longestFile) return 'The file is too long: at most 100,000 characters are taken at once.'
  try {
    const lines = parse(text, {
      bom: true,
      columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as Line[]
    if (lines[0]?.reference === undefined || lines[0].status === undefined) {
      return 'The first line must name the columns reference, status, bank_reference and reason, with lines below it.'
    }
    return lines
  } catch (error) {
    if (error instanceof CsvError) return `This is no CSV file: ${error.message}`
    throw error
  }
}
