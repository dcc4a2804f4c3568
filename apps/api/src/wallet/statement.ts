import { type users, walletTransactions } from '@ev/db'
import {
  addMonths,
  type Company,
  DomainError,
  dateLabel,
  endOfIstDay,
  formatInr,
  type Instant,
  istDate,
  istDateLabel,
  startOfIstDay,
} from '@ev/domain'
import type { ApiDeps } from '../define-route.ts'
import type { CsvSheet } from '../documents/csv.ts'
import type { Paper } from '../documents/paper.ts'

/** The days in India that a statement covers, both included. */
export type StatementPeriod = { readonly from: string; readonly to: string }

export type WalletStatement = {
  readonly period: StatementPeriod
  readonly opening: bigint
  readonly closing: bigint
  readonly rows: readonly walletTransactions.WalletTransactionRow[]
}

const longestMonths = 12

/**
 * The period that was asked for: without an end it ends today, without a start it begins with the month of its end. Refuses with `validation.failed` a
 * period that ends before it begins or is longer than twelve months.
 */
export function statementPeriod(
  asked: { from?: string | undefined; to?: string | undefined },
  now: Instant,
): StatementPeriod {
  const to = asked.to ?? istDate(now)
  const from = asked.from ?? `${to.slice(0, 7)}-01`
  if (from > to) throw new DomainError('validation.failed', { reason: 'The period ends before it begins.' }, 'from')
  if (addMonths(from, longestMonths) <= to) {
    throw new DomainError('validation.failed', { reason: 'A statement covers at most twelve months.' }, 'from')
  }
  return { from, to }
}

/** Reads a member's statement of a period. Refuses with `document.too_long` more than `limit` rows. */
export async function readStatement(
  { db }: Pick<ApiDeps, 'db'>,
  { userId, period, limit }: { userId: number; period: StatementPeriod; limit: number },
): Promise<WalletStatement> {
  const bounds = { from: startOfIstDay(period.from), until: new Date(endOfIstDay(period.to).getTime() + 1) }
  const { opening, rows, count } = await walletTransactions.statement(db.read, { userId, ...bounds, limit })
  if (count > limit) throw new DomainError('document.too_long', { count, limit })
  return { period, opening, closing: rows.at(-1)?.balanceAfter ?? opening, rows }
}

export function statementPaper(
  { period, opening, closing, rows }: WalletStatement,
  { user, company, now }: { user: users.User; company: Company; now: Instant },
): Paper {
  return {
    company,
    issuedAt: now,
    title: 'Wallet statement',
    subtitle: `${dateLabel(period.from)} to ${dateLabel(period.to)}`,
    facts: [
      ['Member', `${user.firstName} ${user.lastName}`.trim() || user.username],
      ['Member code', user.referralCode],
      ['Opening balance', formatInr(opening)],
      ['Closing balance', formatInr(closing)],
    ],
    tables: [
      {
        columns: [
          { title: 'Date', width: 1.3 },
          { title: 'Description', width: 3.4 },
          { title: 'Reference', width: 1.5 },
          { title: 'Amount', align: 'right', width: 1.6 },
          { title: 'Balance', align: 'right', width: 1.6 },
        ],
        rows: [
          ['', 'Opening balance', '', '', formatInr(opening)],
          ...rows.map((row) => [
            istDateLabel(row.createdAt),
            row.description,
            `${row.referenceType} ${row.referenceId}`,
            formatInr(row.amount),
            formatInr(row.balanceAfter),
          ]),
        ],
        totals: ['', 'Closing balance', '', formatInr(closing - opening), formatInr(closing)],
      },
    ],
    notes: ['Days are those of India (IST). The balance includes what is held for payouts that are on their way.'],
  }
}

export function statementSheet({ period, opening, closing, rows }: WalletStatement): CsvSheet {
  return {
    columns: [
      'id',
      'created_at',
      'transaction_type',
      'description',
      'reference_type',
      'reference_id',
      'amount',
      'balance',
    ],
    rows: [
      [null, period.from, 'OPENING_BALANCE', null, null, null, null, opening],
      ...rows.map((row) => [
        row.id,
        row.createdAt.toISOString(),
        row.transactionType,
        row.description,
        row.referenceType,
        row.referenceId,
        row.amount,
        row.balanceAfter,
      ]),
      [null, period.to, 'CLOSING_BALANCE', null, null, null, closing - opening, closing],
    ],
  }
}
