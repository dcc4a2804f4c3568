import { journalFigures, payoutFigures, type Reader } from '@ev/db'
import { financialYear, quarter, quarters } from '@ev/domain'
import { type Findings, listed } from './findings.ts'

/** The parts of a payout are the whole, and what was withheld is in the tax records of its year and quarter and on the account. */
export async function verifyTax(reader: Reader, found: Findings): Promise<void> {
  for (const { id, parts, requested } of await payoutFigures.unequalPayouts(reader, listed)) {
    found.expectEqual('payout.parts', `payout ${id}`, { expected: requested, actual: parts })
  }
  const expected = new Map<string, bigint>()
  const withoutRecord = new Set<string>()
  const add = (key: string, amount: bigint) => expected.set(key, (expected.get(key) ?? 0n) + amount)
  let withheld = 0n
  for await (const page of payoutFigures.completedPayoutPages(reader)) {
    for (const { userId, requestedAmount, tdsAmount, completedAt } of page) {
      const year = `${userId}:${financialYear(completedAt!)}`
      withoutRecord.add(year)
      add(`${year}:payout`, requestedAmount)
      add(`${year}:tds`, tdsAmount)
      add(`${year}:${quarter(completedAt!)}`, tdsAmount)
      add(`${year}:${quarter(completedAt!)}:payout`, requestedAmount)
      withheld += tdsAmount
    }
  }
  for await (const page of payoutFigures.tdsRecordPages(reader)) {
    for (const record of page) {
      const subject = `tax record ${record.id} of member ${record.userId} for ${record.financialYear}`
      const year = `${record.userId}:${record.financialYear}`
      withoutRecord.delete(year)
      const of = (what: string) => expected.get(`${year}:${what}`) ?? 0n
      found.expectEqual('tax.total_payout', subject, { expected: of('payout'), actual: record.totalPayout })
      found.expectEqual('tax.deducted', subject, { expected: of('tds'), actual: record.tdsDeducted })
      found.expectEqual('tax.quarters', subject, {
        expected: [of('Q1'), of('Q2'), of('Q3'), of('Q4')].join(' '),
        actual: [record.q1Tds, record.q2Tds, record.q3Tds, record.q4Tds].join(' '),
      })
      found.expectEqual('tax.quarter_payouts', subject, {
        expected: quarters.map((name) => of(`${name}:payout`)).join(' '),
        actual: [record.q1Payout, record.q2Payout, record.q3Payout, record.q4Payout].join(' '),
      })
    }
  }
  for (const year of withoutRecord) {
    const [userId, financialYear] = year.split(':')
    const subject = `tax of member ${userId} for ${financialYear}`
    found.expectEqual('tax.record', subject, { expected: 'a record', actual: 'none' })
  }
  found.expectEqual('tax.payable', 'account tds_payable', {
    expected: withheld,
    actual: await journalFigures.accountSum(reader, 'tds_payable'),
  })
}
