import type { Step } from '@ev/application'
import { eachDatabase } from '@ev/db/testing'
import { minPaise, parseRupees, shareOf, sumPaise, walletTransactionTypes } from '@ev/domain'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { anApi, type Caller, type TestApi } from '../testing/an-api.ts'
import { type WalletStory, walletStory } from './testing/wallet-story.ts'

const paise = (text: string) => parseRupees(text, { allowNegative: true })

type ShownStep = Omit<Step, 'result'> & { readonly result: string }
type Row = {
  readonly id: number
  readonly transaction_type: string
  readonly reference_type: string
  readonly amount: string
}

/** What a step results in, worked out from nothing but its operands. */
function worth({ operation, operands }: ShownStep): bigint {
  const [first, ...others] =
    operation === 'share' ? [paise(operands[0]!.value)] : operands.map(({ value }) => paise(value))
  switch (operation) {
    case 'given':
      return first!
    case 'negative':
      return -first!
    case 'sum':
      return sumPaise([first!, ...others])
    case 'difference':
      return first! - sumPaise(others)
    case 'least':
      return others.reduce(minPaise, first!)
    case 'share':
      return shareOf(first!, Math.round(Number(operands[1]!.value) * 100))
  }
}

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  let story: WalletStory
  /** What the wallets said after each step. */
  let told: { readonly at: string; readonly by: Caller; readonly said: object }[]
  let rows: (Row & { readonly by: Caller })[]
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
    told = []
    story = await walletStory(api, {
      async afterEachStep(people) {
        const at = api.clock.now().toISOString()
        for (const by of people) told.push({ at, by, said: await walletOf(by) })
        api.clock.advance(60_000)
      },
    })
    rows = []
    for (const by of story.people) {
      const { body } = await api.get('/api/wallet/transactions/?page_size=100', by).expect(200)
      rows.push(...body.results.map((row: Row) => ({ ...row, by })))
    }
  })
  afterEach(() => api.expectSettledClean())

  const walletOf = async (by: Caller) => (await api.get('/api/wallet/my_wallet/', by).expect(200)).body
  const explained = async ({ id, by }: { id: number; by: Caller }) =>
    (await api.get(`/api/wallet/transactions/${id}/explain/`, by).expect(200)).body
  const some = async (type: string, reference: string, which: (row: Row) => boolean = () => true) => {
    const row = rows.find((each) => each.transaction_type === type && each.reference_type === reference && which(each))
    if (!row) throw new Error(`The story has no ${type} of a ${reference}.`)
    return explained(row)
  }

  test('the story has every type of row, by every way in which the product writes it', () => {
    expect(new Set(rows.map(({ transaction_type }) => transaction_type))).toEqual(new Set(walletTransactionTypes))
    const kinds = new Set(
      rows.map(
        ({ transaction_type: type, reference_type: of, amount }) =>
          `${type} ${of} ${amount.startsWith('-') ? '-' : '+'}`,
      ),
    )
    expect([...kinds].sort()).toEqual([
      'ADJUSTMENT adjustment +',
      'ADJUSTMENT adjustment -',
      'BINARY_PAIR pair +',
      'BOOKING_PAYMENT payment -',
      'DEPOSIT deposit +',
      'EMI_DEDUCTION pair -',
      'EMI_DEDUCTION payout -',
      'PAYOUT payout -',
      'RECOVERY deposit -',
      'RECOVERY payment +',
      'RECOVERY payment -',
      'REFERRAL_BONUS payment +',
      'REFUND booking +',
      'REFUND refund +',
      'RESERVE_DEDUCTION pair -',
      'REVERSAL payment -',
    ])
  })

  test('of every row the arithmetic can be done again, ends in its amount, and the entry adds up', async () => {
    for (const row of rows) {
      const body = await explained(row)
      const what = JSON.stringify(body)
      const results = new Map<string, string>()
      for (const step of body.steps as ShownStep[]) {
        expect(worth(step), what).toBe(paise(step.result))
        for (const { name, value } of step.operands) expect(results.get(name) ?? value, what).toBe(value)
        results.set(step.name, step.result)
      }
      expect([body.steps.at(-1).name, body.steps.at(-1).result], what).toEqual(['amount', row.amount])
      const { by, ...shown } = row
      expect(body.transaction).toEqual(shown)
      const { lines, rows: ownRows, balance_change } = body.journal_entry
      const sum = (amounts: { amount: string }[]) => sumPaise(amounts.map(({ amount }) => paise(amount)))
      expect(sum(lines), what).toBe(0n)
      const own = lines.filter(
        ({ user, account }: { user: number; account: string }) =>
          user === by.id && (account === 'member_wallet' || account === 'member_hold'),
      )
      expect([sum(own), sum(ownRows)], what).toEqual([paise(balance_change), paise(balance_change)])
      expect(ownRows).toContainEqual(shown)
      for (const { name, value } of body.settings) {
        const operands = (body.steps as ShownStep[]).flatMap((step) => step.operands)
        for (const operand of operands.filter((each) => each.name === name)) expect(operand.value, what).toBe(value)
      }
      expect(body.rule.length, what).toBeGreaterThan(0)
    }
  })

  test('at every moment of the story the wallet stood as it said then, for the member and for admins', async () => {
    const walletAt = (by: Caller, query: string) => api.get(`/api/wallet/statement/?${query}`, by).expect(200)
    expect(told.length).toBeGreaterThan(20)
    for (const { at, by, said } of told) {
      const { body } = await walletAt(by, `at=${at}`)
      expect(body).toEqual({ ...said, at })
      expect((await walletAt(story.admin, `at=${at}&user=${by.id}`)).body).toEqual(body)
    }
    const { body: now } = await walletAt(story.asha, '')
    expect(now).toEqual({ ...(await walletOf(story.asha)), at: api.clock.now().toISOString() })
  })

  describe('names what lies behind', () => {
    test('a bonus: payment, booking without its number, rate and version', async () => {
      const body = await some('REFERRAL_BONUS', 'payment', ({ amount }) => amount === '250.00')
      expect(body).toMatchObject({
        plan_version: 1,
        settings: [{ name: 'referral_bonus_percent', value: '5' }],
        payment: { user: story.ravi.id, amount: '5000.00', payment_method: 'online', refunded_amount: '5000.00' },
        booking: { user: story.ravi.id, booking_number: null, status: 'active' },
        bonus: { amount: '250.00', reversed_amount: '250.00', plan_version: 1 },
        steps: [{ name: 'amount', operation: 'share', text: '₹5,000.00 × 5 % = ₹250.00', result: '250.00' }],
      })
      expect(body.booking.confirmed_at).toMatch(/^2026-11-20T/)
    })

    test('a bonus that went back in part: what is left of the payment', async () => {
      const body = await some('REVERSAL', 'payment', ({ amount }) => amount === '-100.00')
      expect(body.refunds).toMatchObject([{ amount: '2000.00', payment: body.payment.id }])
      expect(body.steps.map(({ name, result }: ShownStep) => [name, result])).toEqual([
        ['refunded', '2000.00'],
        ['payment_left', '3000.00'],
        ['bonus_kept', '150.00'],
        ['reversed_now', '100.00'],
        ['amount', '-100.00'],
      ])
      expect(body.journal_entry.reverses).toBeNull()
    })

    test('a bonus that went back whole: the entry that it takes back, and there the entry that took it back', async () => {
      const body = await some('REVERSAL', 'payment', ({ amount }) => amount === '-25.00')
      const taken = await some('REFERRAL_BONUS', 'payment', ({ amount }) => amount === '25.00')
      const link = ({ journal_entry: { id, key } }: { journal_entry: { id: number; key: string } }) => ({ id, key })
      expect([body.journal_entry.reverses, taken.journal_entry.reversed_by]).toEqual([link(taken), link(body)])
    })

    test('a pair and its deduction: members, ordinal, month, legs, and the payment that took the deduction', async () => {
      const body = await some('EMI_DEDUCTION', 'pair')
      expect(body).toMatchObject({
        payment: { payment_method: 'emi_deduction', amount: '60.00', user: story.asha.id },
        booking: { status: 'completed' },
        pair: {
          ordinal: 6,
          month: '2026-11',
          pair_of_month: 6,
          monthly_limit: 10,
          left_leg: { team: 7, qualified: 7, consumed: 7 },
          right_leg: { team: 7, qualified: 7, consumed: 7 },
          left: { user: expect.any(Number), sequence: expect.any(Number) },
          right: { user: expect.any(Number), sequence: expect.any(Number) },
        },
      })
      expect(body.booking.booking_number).toMatch(/^EV/)
      expect(body.steps.map(({ name, result }: ShownStep) => [name, result])).toEqual([
        ['emi_deducted', '100.00'],
        ['kept_in_reserve', '40.00'],
        ['paid_into_booking', '60.00'],
        ['amount', '-60.00'],
      ])
    })

    test('a payout: tax, EMI, transfer and the bank’s reference', async () => {
      const body = await some('PAYOUT', 'payout', ({ amount }) => amount !== '-3000.00')
      expect(body.payout).toMatchObject({ status: 'completed', bank_reference: expect.stringContaining('SANDBOX') })
      const emi = await some('EMI_DEDUCTION', 'payout')
      expect(emi.payment).toMatchObject({ payment_method: 'emi_deduction', user: story.asha.id })
      expect(emi.payout).toMatchObject({ requested_amount: '3000.00', tds_amount: '150.00', net_amount: '2850.00' })
    })

    test('a refund by an admin, of a closed booking, and of money that came too late', async () => {
      expect(await some('REFUND', 'refund', ({ amount }) => amount === '2000.00')).toMatchObject({
        refunds: [{ amount: '2000.00', reason: 'Goodwill' }],
        payment: { amount: '5000.00' },
        steps: [
          { name: 'left_before', result: '5000.00' },
          { name: 'left_after', result: '3000.00' },
          { name: 'amount' },
        ],
      })
      const closed = await some('REFUND', 'booking')
      expect(closed).toMatchObject({ booking: { status: 'cancelled' }, payments: [{ amount: '6000.00' }] })
      const late = await some('REFUND', 'refund', ({ amount }) => amount === '800.00')
      expect(late).toMatchObject({
        payment: { status: 'refunded', payment_method: 'online' },
        booking: { status: 'cancelled' },
      })
    })

    test('a recovery: which reversal made the debt, and how much of it this row paid back', async () => {
      const loan = await some('RECOVERY', 'payment', ({ amount }) => !amount.startsWith('-'))
      const [debt] = loan.debts
      expect(debt).toMatchObject({ transaction: loan.transaction.id, recovered: '0.00' })
      expect(debt.journal_entry).toEqual({ id: loan.journal_entry.id, key: loan.journal_entry.key })
      const back = rows.filter((row) => row.transaction_type === 'RECOVERY' && row.amount.startsWith('-'))
      expect(back.length).toBeGreaterThan(1)
      for (const row of back) {
        const { debts } = await explained(row)
        expect(sumPaise(debts.map(({ recovered }: { recovered: string }) => paise(recovered)))).toBe(-paise(row.amount))
        for (const { journal_entry } of debts) expect(journal_entry.key).toMatch(/^referral-reversal:payment:/)
      }
    })

    test('what an administrator put in and corrected, with the reason', async () => {
      expect(await some('DEPOSIT', 'deposit')).toMatchObject({ adjustment: { reason: 'Cash received at the office' } })
      expect(await some('ADJUSTMENT', 'adjustment', ({ amount }) => amount === '-50.00')).toMatchObject({
        adjustment: { amount: '-50.00', reason: 'Counted twice' },
        journal_entry: { actor: story.admin.id },
      })
    })
  })
})
