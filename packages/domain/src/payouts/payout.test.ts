import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import vectors from '../../vectors/domain.json' with { type: 'json' }
import { journalLines } from '../ledger.ts'
import { formatRupees, parseRupees, rupees, sumPaise } from '../money.ts'
import { type CompensationPlan, defaultPlan } from '../plan.ts'
import { aWallet, noon } from '../testing/builders.ts'
import { walletAfter } from '../wallet/wallet.ts'
import {
  approvePayout,
  completePayout,
  type Payout,
  type PayoutStatus,
  payoutAmounts,
  payoutStatuses,
  payoutTransactions,
  payoutTransitions,
  type RequestPayoutInput,
  releasePayout,
  requestPayout,
} from './payout.ts'

const tds = { paidThisYear: 0n, tdsThisYear: 0n, hasPan: true }
const input: RequestPayoutInput = {
  payoutId: 9,
  requested: rupees(10_000),
  wallet: aWallet({ balance: rupees(12_000), held: rupees(2_000) }),
  tds,
  isEmiAutoFilled: true,
  emiDue: rupees(3_000),
  isKycApproved: false,
}
const request = (change: Partial<RequestPayoutInput> = {}, plan = defaultPlan) =>
  requestPayout({ ...input, ...change }, plan, noon)

const processing = (change: Partial<RequestPayoutInput> = {}, plan = defaultPlan) =>
  approvePayout(request(change, plan).payout, { approverId: 1 }, noon)

test.each(vectors.payout_autofill)('$requested with $emi_due due', (row) => {
  const emiDue = parseRupees(row.emi_due)
  const amounts = payoutAmounts(
    { requested: parseRupees(row.requested), tds, isEmiAutoFilled: true, emiDue },
    defaultPlan,
    noon,
  )
  expect(Object.fromEntries(Object.entries(amounts).map(([part, amount]) => [part, formatRupees(amount)]))).toEqual({
    requested: row.requested,
    tds: row.tds,
    net: row.net,
    emi: row.emi,
    transfer: row.transfer,
  })
})

test('moves of a payout', () => {
  expect(payoutTransitions).toEqual({
    pending: ['processing', 'rejected', 'cancelled'],
    processing: ['completed', 'failed'],
    completed: [],
    rejected: [],
    cancelled: [],
    failed: [],
  })
})

describe('a request', () => {
  test('holds the amount at once and leaves the balance', () => {
    const { payout, journal } = request()
    expect(payout).toMatchObject({ id: 9, userId: 7, status: 'pending', createdAt: noon, processedAt: null })
    expect(journal).toMatchObject({ key: 'payout:9:hold', statement: [] })
    expect(walletAfter(input.wallet, journal)).toMatchObject({ balance: rupees(12_000), held: rupees(12_000) })
  })

  test('without auto-fill leaves the EMI alone', () => {
    expect(request({ isEmiAutoFilled: false }).payout.amounts).toMatchObject({ emi: 0n, transfer: rupees(9_500) })
  })

  test.each<[string, Partial<RequestPayoutInput>, Partial<CompensationPlan>]>([
    ['payout.below_minimum', { requested: rupees('0.99') }, {}],
    ['payout.below_minimum', { requested: 0n }, { payoutMinimum: 0n }],
    ['payout.exceeds_available', { requested: rupees('10000.01') }, {}],
    ['payout.kyc_required', {}, { payoutRequiresKyc: true }],
  ])('is refused: %s', (code, change, plan) => {
    expect(() => request(change, { ...defaultPlan, ...plan })).toThrow(expect.objectContaining({ code }))
  })

  test('with approved KYC passes where KYC is required', () => {
    expect(request({ isKycApproved: true }, { ...defaultPlan, payoutRequiresKyc: true }).payout.status).toBe('pending')
  })
})

test('nobody approves their own payout', () => {
  const { payout } = request()
  expect(() => approvePayout(payout, { approverId: 7 }, noon)).toThrow(
    expect.objectContaining({ code: 'payout.self_approval' }),
  )
})

describe('completion', () => {
  test('turns the hold into transfer, tax and EMI, with two rows', () => {
    const { payout, journal } = completePayout(processing(), 'UTR123', noon)
    expect(payout).toMatchObject({ status: 'completed', bankReference: 'UTR123', completedAt: noon })
    expect(journal.key).toBe('payout:9:debit')
    expect(journal.statement).toMatchObject([
      { type: 'PAYOUT', amount: rupees(-7_000), withdrawn: rupees(10_000) },
      { type: 'EMI_DEDUCTION', amount: rupees(-3_000) },
    ])
    const held = walletAfter(input.wallet, request().journal)
    expect(walletAfter(held, journal)).toEqual({
      ...input.wallet,
      balance: rupees(2_000),
      emiReserve: rupees(3_000),
      totalWithdrawn: rupees(10_000),
    })
  })

  test('with nothing to transfer posts no transfer and needs no reference', () => {
    const { journal } = completePayout(processing({ emiDue: rupees(50_000) }), null, noon)
    expect(journalLines(journal).map(({ account }) => account.kind)).not.toContain('bank')
  })

  test('that the EMI takes whole still counts as withdrawn', () => {
    const untaxed: CompensationPlan = { ...defaultPlan, tdsPolicy: 'section_194h' }
    const { journal } = completePayout(processing({ emiDue: rupees(50_000) }, untaxed), null, noon)
    expect(journal.statement).toMatchObject([
      { type: 'EMI_DEDUCTION', amount: rupees(-10_000), withdrawn: rupees(10_000) },
    ])
  })

  test.each([null, ''])('with a transfer is refused without the bank’s reference: %o', (reference) => {
    expect(() => completePayout(processing(), reference, noon)).toThrow(
      expect.objectContaining({ code: 'payout.transition_refused' }),
    )
  })
})

test.each<['rejected' | 'cancelled' | 'failed', Payout]>([
  ['rejected', request().payout],
  ['cancelled', request().payout],
  ['failed', processing()],
])('%s releases the hold in full and nothing else', (to, payout) => {
  const released = releasePayout(payout, { to, reason: 'Account closed' })
  expect(released.payout).toMatchObject({ status: to, failureReason: 'Account closed' })
  expect(released.journal).toMatchObject({ key: 'payout:9:release', statement: [] })
  const held = walletAfter(input.wallet, request().journal)
  expect(walletAfter(held, released.journal)).toEqual(input.wallet)
})

test('every move that is not listed is refused', () => {
  const moves: Partial<Record<PayoutStatus, (payout: Payout) => unknown>> = {
    processing: (payout) => approvePayout(payout, { approverId: 1 }, noon),
    completed: (payout) => completePayout(payout, 'UTR123', noon),
    rejected: (payout) => releasePayout(payout, { to: 'rejected', reason: null }),
    cancelled: (payout) => releasePayout(payout, { to: 'cancelled', reason: null }),
    failed: (payout) => releasePayout(payout, { to: 'failed', reason: null }),
  }
  for (const from of payoutStatuses) {
    for (const [to, move] of Object.entries(moves)) {
      const attempt = () => move({ ...request().payout, status: from })
      if (payoutTransitions[from].some((status) => status === to)) expect(attempt).not.toThrow()
      else expect(attempt).toThrow(expect.objectContaining({ code: 'payout.transition_refused', facts: { from, to } }))
    }
  }
})

test('the parts of any payout add up, in its amounts, its rows and its journal', () => {
  const anyAmount = fc.bigInt({ min: 100n, max: rupees(1_000_000) })
  fc.assert(
    fc.property(
      anyAmount,
      fc.bigInt({ min: 0n, max: rupees(500_000) }),
      fc.boolean(),
      (requested, emiDue, isEmiAutoFilled) => {
        const wallet = aWallet({ balance: requested })
        const held = request({ requested, emiDue, isEmiAutoFilled, wallet })
        const { amounts } = held.payout
        expect(amounts.transfer + amounts.emi + amounts.tds).toBe(requested)
        expect(amounts.net).toBe(requested - amounts.tds)
        expect(sumPaise(payoutTransactions(held.payout).map(({ amount }) => amount))).toBe(requested)
        const { journal } = completePayout(approvePayout(held.payout, { approverId: 1 }, noon), 'UTR123', noon)
        const after = walletAfter(walletAfter(wallet, held.journal), journal)
        expect(after).toEqual(aWallet({ emiReserve: amounts.emi, totalWithdrawn: requested }))
      },
    ),
    { numRuns: 2_000 },
  )
})

test('rows of a payout leave out the parts of nothing', () => {
  expect(payoutTransactions(request({ emiDue: 0n }).payout)).toEqual([
    { type: 'payout', amount: rupees(9_500) },
    { type: 'tds', amount: rupees(500) },
  ])
})
