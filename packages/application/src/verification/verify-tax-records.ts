import { payoutFigures } from '@ev/db'
import { financialYear, quarter, quarters } from '@ev/domain'
import type { Verification } from './verification.ts'

/** The tax records of each member and financial year are the sums of the payouts that were completed in it, quarter by quarter. */
export async function verifyTaxRecords({ reader, found, count }: Verification): Promise<void> {
  const expected = new Map<string, bigint>()
  const withoutRecord = new Set<string>()
  const add = (key: string, amount: bigint) => expected.set(key, (expected.get(key) ?? 0n) + amount)
  for await (const page of payoutFigures.completedPayoutPages(reader)) {
    for (const { userId, requestedAmount, tdsAmount, completedAt, updatedAt } of page) {
      const at = completedAt ?? updatedAt
      const year = `${userId}:${financialYear(at)}`
      withoutRecord.add(year)
      add(`${year}:${quarter(at)}:tds`, tdsAmount)
      add(`${year}:${quarter(at)}:payout`, requestedAmount)
    }
  }
  for await (const page of payoutFigures.tdsRecordPages(reader)) {
    count('tax records', page.length)
    for (const record of page) {
      const subject = `tax record ${record.id} of member ${record.userId} for ${record.financialYear}`
      const year = `${record.userId}:${record.financialYear}`
      withoutRecord.delete(year)
      const of = (what: 'tds' | 'payout') => quarters.map((name) => expected.get(`${year}:${name}:${what}`) ?? 0n)
      found.expectEqual('tax.total_payout', subject, { expected: sum(of('payout')), actual: record.totalPayout })
      found.expectEqual('tax.deducted', subject, { expected: sum(of('tds')), actual: record.tdsDeducted })
      found.expectEqual('tax.quarters', subject, {
        expected: of('tds').join(' '),
        actual: [record.q1Tds, record.q2Tds, record.q3Tds, record.q4Tds].join(' '),
      })
      found.expectEqual('tax.quarter_payouts', subject, {
        expected: of('payout').join(' '),
        actual: [record.q1Payout, record.q2Payout, record.q3Payout, record.q4Payout].join(' '),
      })
    }
  }
  for (const year of withoutRecord) {
    const [userId, financialYear] = year.split(':')
    const subject = `tax of member ${userId} for ${financialYear}`
    found.expectEqual('tax.record', subject, { expected: 'a record', actual: 'none' })
  }
}

const sum = (amounts: readonly bigint[]) => amounts.reduce((a, b) => a + b, 0n)
