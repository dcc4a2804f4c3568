import type { tdsRecords, users } from '@ev/db'
import {
  addMonths,
  type Company,
  dateLabel,
  formatInr,
  type Instant,
  istDate,
  masked,
  panNotAvailable,
  type Quarter,
  quarterPeriod,
  taxForms,
} from '@ev/domain'
import type { Paper } from '../documents/paper.ts'

type Certificate = {
  readonly record: tdsRecords.TdsRecordRow
  readonly user: users.User
  readonly company: Company
  /** In clear, of approved papers. */
  readonly pan: string | null
  readonly isForOwner: boolean
  readonly now: Instant
}

const notStated = 'not stated'

/** The certificate of one member's tax in one financial year, under the name that its form has in that year. */
export function certificatePaper({ record, user, company, pan, isForOwner, now }: Certificate): Paper {
  const { financialYear } = record
  const { certificate, section, act } = taxForms(financialYear)
  const isComplete = company.tan !== null && company.pan !== null
  const shownPan = pan === null || isForOwner ? (pan ?? panNotAvailable) : masked(pan)
  return {
    company,
    issuedAt: now,
    title: 'Certificate of tax deducted at source',
    subtitle: `Form ${certificate} · ${act}, section ${section} · financial year ${financialYear}`,
    facts: [
      ['Certificate number', record.certificateNumber ?? notStated],
      ['Form', `${certificate} (statement: Form ${taxForms(financialYear).statement})`],
      ['Deductor', [company.name, ...company.addressLines].join(', ')],
      ['Deductee', [nameOf(user), addressOf(user)].filter(Boolean).join(', ')],
      ['TAN of the deductor', company.tan ?? notStated],
      ['PAN of the deductee', shownPan],
      ['PAN of the deductor', company.pan ?? notStated],
      ['Nature of payment', 'Commission'],
    ],
    tables: [
      {
        heading: 'Amounts by quarter',
        columns: [
          { title: 'Quarter', width: 0.7 },
          { title: 'Period', width: 2.2 },
          { title: 'Amount paid or credited', align: 'right', width: 1.6 },
          { title: 'Tax deducted', align: 'right', width: 1.4 },
        ],
        rows: quarterRows(record),
        totals: ['', 'Financial year', formatInr(record.totalPayout), formatInr(record.tdsDeducted)],
      },
    ],
    notes: [
      ...(isComplete
        ? []
        : ['Draft: the deductor has not stated its TAN and PAN yet, so this is not a valid certificate.']),
      `Amounts are those of payouts completed up to ${dateLabel(istDate(now))}; days are those of India.`,
      company.responsiblePerson === null
        ? 'For the deductor: name and office of the person responsible are not stated yet.'
        : `For the deductor: ${company.responsiblePerson}`,
    ],
  }
}

function quarterRows(record: tdsRecords.TdsRecordRow): string[][] {
  const amounts = [
    ['Q1', record.q1Payout, record.q1Tds],
    ['Q2', record.q2Payout, record.q2Tds],
    ['Q3', record.q3Payout, record.q3Tds],
    ['Q4', record.q4Payout, record.q4Tds],
  ] as const satisfies readonly (readonly [Quarter, bigint, bigint])[]
  return amounts.map(([quarter, paid, tax]) => {
    const first = istDate(quarterPeriod(record.financialYear, quarter).from)
    const lastMonth = addMonths(first, 2)
    return [quarter, `${monthLabel(first)} to ${monthLabel(lastMonth)}`, formatInr(paid), formatInr(tax)]
  })
}

/** `Apr 2026` of a day in that month. */
const monthLabel = (date: string) => dateLabel(date).split(' ').slice(1).join(' ')

const nameOf = ({ firstName, lastName, username }: users.User) => `${firstName} ${lastName}`.trim() || username

function addressOf({ addressLine1, addressLine2, city, state, pincode }: users.User): string {
  return [addressLine1, addressLine2, city, state, pincode].filter(Boolean).join(', ')
}
