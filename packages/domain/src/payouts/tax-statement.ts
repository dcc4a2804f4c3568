import { type Instant, istDate } from '../calendar.ts'
import { divideHalfUp, type Paise } from '../money.ts'
import { taxForms } from './tax-forms.ts'

/** What stands in a deductee's row where there is no PAN. */
export const panNotAvailable = 'PANNOTAVBL'

export type DeductedPayout = {
  readonly requested: Paise
  readonly tds: Paise
  readonly completedAt: Instant
  readonly financialYear: string
  /** The member's PAN when it has been approved. */
  readonly pan: string | null
}

/** The deductee's fields of the quarterly statement, as its file format wants them. */
export type DeducteeRow = {
  /** `01` a company, `02` anyone else. */
  readonly code: '01' | '02'
  readonly pan: string
  readonly section: string
  readonly amount: Paise
  /** Day in India, `ddmmyyyy`. */
  readonly date: string
  /** Per cent with four decimals. */
  readonly rate: string
  readonly tax: Paise
}

/** One payout as the quarterly statement tells of it. Source: the file format of Form 26Q, continued by Form 140. */
export function deducteeRow({ requested, tds, completedAt, financialYear, pan }: DeductedPayout): DeducteeRow {
  const [year, month, day] = istDate(completedAt).split('-')
  return {
    code: pan !== null && isCompanyPan(pan) ? '01' : '02',
    pan: pan ?? panNotAvailable,
    section: taxForms(financialYear).section,
    amount: requested,
    date: `${day}${month}${year}`,
    rate: percentage(tds, requested),
    tax: tds,
  }
}

/** The fourth letter of a PAN says what its holder is. */
function isCompanyPan(pan: string): boolean {
  return pan[3] === 'C'
}

function percentage(part: Paise, whole: Paise): string {
  const tenThousandths = whole === 0n ? 0n : divideHalfUp(part * 1_000_000n, whole)
  return `${tenThousandths / 10_000n}.${String(tenThousandths % 10_000n).padStart(4, '0')}`
}
