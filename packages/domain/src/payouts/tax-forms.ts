import type { EffectiveDated } from '../plan.ts'
import { valueOn } from '../plan.ts'

/** How the law calls the papers about tax deducted from commission. */
export type TaxForms = {
  /** The certificate for the one whose tax was deducted. */
  readonly certificate: string
  /** The deductor's quarterly statement. */
  readonly statement: string
  readonly section: string
  readonly act: string
}

/** Source: Income-tax Act 1961 s. 194H and s. 203; Income-tax Act 2025 s. 393(1), in force from 1 April 2026. */
const forms: EffectiveDated<TaxForms> = [
  { from: '1962-04-01', value: { certificate: '16A', statement: '26Q', section: '194H', act: 'Income-tax Act, 1961' } },
  {
    from: '2026-04-01',
    value: { certificate: '131', statement: '140', section: '393(1) Table 1(ii)', act: 'Income-tax Act, 2025' },
  },
]

/** The papers for tax deducted in a financial year, written `2026-27`; when they are made does not matter. */
export function taxForms(financialYear: string): TaxForms {
  return valueOn(forms, `${financialYear.slice(0, 4)}-04-01`)
}
