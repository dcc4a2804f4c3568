import type { Reader } from './client.ts'
import { pages } from './ledger-sums.ts'

const rowsAPage = 1_000

const page = (after: number) => ({ where: { id: { gt: after } }, orderBy: { id: 'asc' }, take: rowsAPage }) as const

/** Payouts with their holds. */
export const payoutPages = (reader: Reader) =>
  pages(
    (after) =>
      reader.payout.findMany({ ...page(after), include: { hold: { select: { amount: true, status: true } } } }),
    rowsAPage,
  )

/** The keys of the journal entries about these payouts. */
export async function payoutEntryKeys(reader: Reader, payoutIds: readonly number[]): Promise<Map<number, string[]>> {
  const rows = await reader.journalEntry.findMany({
    where: { referenceType: 'payout', referenceId: { in: [...payoutIds] } },
    select: { key: true, referenceId: true },
  })
  const keys = new Map<number, string[]>()
  for (const { key, referenceId } of rows) keys.set(referenceId, [...(keys.get(referenceId) ?? []), key])
  return keys
}

/** Batches with the transfers of their payouts. */
export const batchPages = (reader: Reader) =>
  pages(
    (after) =>
      reader.payoutBatch.findMany({ ...page(after), include: { payouts: { select: { transferAmount: true } } } }),
    rowsAPage,
  )

/** What administrators put into wallets or corrected in them. */
export const adjustmentPages = (reader: Reader) =>
  pages((after) => reader.walletAdjustment.findMany(page(after)), rowsAPage)

/** What the journal entries of these keys took out of the accounts that belong to no member. */
export async function outsideSums(reader: Reader, keys: readonly string[]): Promise<Map<string, bigint>> {
  const rows = await reader.journalLine.findMany({
    where: { entry: { key: { in: [...keys] } }, accountKind: { in: ['bank', 'commission_expense'] } },
    select: { amount: true, entry: { select: { key: true } } },
  })
  const sums = new Map<string, bigint>()
  for (const { amount, entry } of rows) sums.set(entry.key, (sums.get(entry.key) ?? 0n) - amount)
  return sums
}
