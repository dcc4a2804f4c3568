import { expect, test } from 'vitest'
import type { Batch } from './batch.ts'
import { announcedBy } from './result-file.ts'

const payout = (id: number, transfer_amount: string, status = 'processing') =>
  ({ id, transfer_amount, status }) as Batch['payouts'][number]

const payouts = [payout(1, '1900.00'), payout(2, '9007199254740.93'), payout(3, '500.00', 'completed')]

test('a result file announces what is paid and what goes back, to the paisa', () => {
  const text = [
    '\ufeffReference,Status,bank_reference,reason',
    'payout-2,processed,N1,',
    'payout-1, failed ,,"Account closed, says the bank"',
    'payout-3,processed,N3,',
    'payout-9,processed,N9,',
    '',
  ].join('\n')
  expect(announcedBy(text, payouts)).toEqual({
    paid: 1,
    paidAmount: '9007199254740.93',
    failed: 1,
    failedAmount: '1900.00',
    other: 2,
  })
})

test.each([
  ['nothing', '', /first line/],
  ['another file', 'name,amount\nAsha,5', /first line/],
  ['only a heading', 'reference,status', /first line/],
  ['a broken quote', 'reference,status\n"payout-1,processed', /no CSV/],
  ['far too much', 'x'.repeat(100_001), /too long/],
])('%s is not taken', (_, text, said) => expect(announcedBy(text, payouts)).toMatch(said))
