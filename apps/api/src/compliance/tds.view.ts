import type { tdsRecords } from '@ev/db'
import { z } from 'zod'
import { idNumber, rupees } from '../http/index.ts'

const quarterView = z.object({ total_payout: rupees, tds_deducted: rupees })

/** A member's tax of one financial year (April to March), with its quarters. */
export const tdsView = z
  .object({
    id: idNumber,
    user: idNumber,
    financial_year: z.string(),
    total_payout: rupees,
    tds_deducted: rupees,
    quarters: z.object({ Q1: quarterView, Q2: quarterView, Q3: quarterView, Q4: quarterView }),
    certificate_number: z.string().nullable(),
  })
  .meta({ id: 'TaxRecord' })

export function toTdsView(record: tdsRecords.TdsRecordRow): z.output<typeof tdsView> {
  return {
    id: record.id,
    user: record.userId,
    financial_year: record.financialYear,
    total_payout: record.totalPayout,
    tds_deducted: record.tdsDeducted,
    quarters: {
      Q1: { total_payout: record.q1Payout, tds_deducted: record.q1Tds },
      Q2: { total_payout: record.q2Payout, tds_deducted: record.q2Tds },
      Q3: { total_payout: record.q3Payout, tds_deducted: record.q3Tds },
      Q4: { total_payout: record.q4Payout, tds_deducted: record.q4Tds },
    },
    certificate_number: record.certificateNumber,
  }
}
