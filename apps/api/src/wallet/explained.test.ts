import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '@ev/db'
import { quietLog, sqliteTemplate } from '@ev/db/testing'
import { afterAll, expect, test } from 'vitest'
import { anApi, type Caller } from '../testing/an-api.ts'
import { type Answer, explainedDocument, type Standing } from './testing/explained-document.ts'
import { walletStory } from './testing/wallet-story.ts'

const folder = mkdtempSync(join(tmpdir(), 'ev-explained-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the document says what the API answers (vitest --update writes it anew)', async () => {
  const file = join(folder, 'explained.db')
  copyFileSync(await sqliteTemplate(), file)
  const database = await openDatabase({ url: `file:${file}`, log: quietLog })
  const api = await anApi(database)
  const { asha, ravi } = await walletStory(api, { afterEachStep: async () => api.clock.advance(60_000) })
  const rowsOf = async (by: Caller): Promise<Answer['transaction'][]> =>
    (await api.get('/api/wallet/transactions/?page_size=100', by).expect(200)).body.results.reverse()
  const explain = async (by: Caller, id: number): Promise<Answer> =>
    (await api.get(`/api/wallet/transactions/${id}/explain/`, by).expect(200)).body
  const standing = async (at: string): Promise<Standing> =>
    (await api.get(`/api/wallet/statement/?at=${at}`, asha).expect(200)).body

  const rows = await rowsOf(asha)
  const first = async (
    type: string,
    which: (row: Answer['transaction']) => boolean,
    { by, among }: { by: Caller; among: typeof rows } = { by: asha, among: rows },
  ): Promise<Answer> => {
    const row = among.find((each) => each.transaction_type === type && which(each))
    if (!row) throw new Error(`The story has no such ${type}.`)
    return explain(by, row.id)
  }
  const isNegative = ({ amount }: { amount: string }) => amount.startsWith('-')
  const of = (reference: string) => (row: Answer['transaction']) => row.reference_type === reference
  const deduction = await first('EMI_DEDUCTION', of('pair'))
  const ofThatPair = ({ created_at }: Answer['transaction']) => created_at === deduction.transaction.created_at
  const loan = await first('RECOVERY', (row) => !isNegative(row))
  const ofThatReversal = ({ created_at }: Answer['transaction']) => created_at === loan.transaction.created_at
  const refunded = loan.transaction.created_at

  const document = explainedDocument({
    rows,
    bonus: await first('REFERRAL_BONUS', () => true),
    pair: {
      earning: await first(
        'BINARY_PAIR',
        (row) => ofThatPair(row) && row.balance_after === deduction.transaction.balance_before,
      ),
      deduction,
      reserve: await first('RESERVE_DEDUCTION', ofThatPair),
    },
    payout: { debit: await first('PAYOUT', () => true), emi: await first('EMI_DEDUCTION', of('payout')) },
    refund: {
      back: await first('REFUND', ofThatReversal, { by: ravi, among: await rowsOf(ravi) }),
      loan,
      reversal: await first('REVERSAL', ofThatReversal),
      recovery: await first('RECOVERY', isNegative),
    },
    before: await standing(new Date(Date.parse(refunded) - 1).toISOString()),
    after: await standing(refunded),
  })
  await expect(document).toMatchFileSnapshot('../../../../docs/explained.md')
  await api.expectSettledClean()
  await database.close()
})
