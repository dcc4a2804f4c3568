import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rupees } from '../money.ts'
import { defaultPlan } from '../plan.ts'
import { aBooking, aWallet, noon } from '../testing/builders.ts'
import { walletAfter } from '../wallet/wallet.ts'
import { bonusKept, creditReferral, type ReferralBonusInput, referralBonus, reverseReferral } from './referral-bonus.ts'

const confirmed = aBooking({ status: 'active', confirmedAt: noon })
const input: ReferralBonusInput = {
  payment: { id: 42, amount: rupees(5_000), method: 'online' },
  booking: confirmed,
  memberReferrerId: 3,
}
const bonusOf = (change: Partial<ReferralBonusInput>) => referralBonus({ ...input, ...change }, defaultPlan)

test.each(['online', 'bank_transfer', 'cash', 'wallet'] as const)('five per cent of a payment by %s', (method) => {
  expect(bonusOf({ payment: { ...input.payment, method } })).toEqual({ referrerId: 3, amount: rupees(250) })
})

test('the referrer of the booking goes before the member’s', () => {
  expect(bonusOf({ booking: { ...confirmed, referrerId: 4 } })).toEqual({ referrerId: 4, amount: rupees(250) })
})

test.each<[string, Partial<ReferralBonusInput>]>([
  ['an EMI deduction', { payment: { ...input.payment, method: 'emi_deduction' } }],
  ['a booking that is not confirmed', { booking: aBooking() }],
  ['a cancelled booking', { booking: { ...confirmed, status: 'cancelled' } }],
  ['no referrer', { memberReferrerId: null }],
  ['the member as own referrer', { memberReferrerId: 7 }],
  ['the member as the booking’s referrer', { booking: { ...confirmed, referrerId: 7 } }],
  ['a share that rounds to nothing', { payment: { ...input.payment, amount: 9n } }],
])('no bonus for %s', (_, change) => {
  expect(bonusOf(change)).toBeNull()
})

test('splitting a payment changes the bonus by the rounding of each part at most', () => {
  const amounts = fc.array(fc.bigInt({ min: 1n, max: rupees(90_000) }), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(amounts, (parts) => {
      const bonus = (amount: bigint) => bonusOf({ payment: { ...input.payment, amount } })?.amount ?? 0n
      const whole = parts.reduce((sum, part) => sum + part, 0n)
      const difference = parts.reduce((sum, part) => sum + bonus(part), 0n) - bonus(whole)
      // Each rounding is off by at most half a paisa: parts and the whole together by (n + 1) / 2.
      expect(2n * (difference < 0n ? -difference : difference) <= BigInt(parts.length + 1)).toBe(true)
    }),
    { numRuns: 3_000 },
  )
})

const bonus = { referrerId: 3, amount: rupees(250), paymentId: 42 }
const referrer = (change = {}) => aWallet({ userId: 3, ...change })

test('a bonus is credited and earned', () => {
  const journal = creditReferral(bonus, referrer())
  expect(journal).toMatchObject({
    key: 'referral:payment:42',
    statement: [{ type: 'REFERRAL_BONUS', amount: rupees(250) }],
  })
  expect(walletAfter(referrer(), journal)).toEqual(referrer({ balance: rupees(250), totalEarned: rupees(250) }))
})

const credited = { ...bonus, reversed: 0n }

test('a reversal of the whole names the entry it reverses and leaves what is missing as recoverable', () => {
  const poor = referrer({ balance: rupees(120), held: rupees(20), totalEarned: rupees(250) })
  const { journal, reversed } = reverseReferral(credited, { kept: 0n }, poor)!
  expect(reversed).toBe(rupees(250))
  expect(journal).toMatchObject({ key: 'referral-reversal:payment:42', reverses: 'referral:payment:42' })
  expect(walletAfter(poor, journal)).toEqual(
    referrer({ balance: rupees(20), held: rupees(20), recoverable: rupees(150), totalEarned: 0n }),
  )
})

test('a part that is taken back is an entry of its own, and so is the rest after it', () => {
  const rich = referrer({ balance: rupees(250), totalEarned: rupees(250) })
  const part = reverseReferral(credited, { kept: rupees(150) }, rich)!
  expect(part.journal).toMatchObject({ key: 'referral-reversal:payment:42:paise:10000' })
  expect(part.journal.reverses).toBeUndefined()
  const left = walletAfter(rich, part.journal)
  const rest = reverseReferral({ ...credited, reversed: part.reversed }, { kept: 0n }, left)!
  expect(rest.journal).toMatchObject({ key: 'referral-reversal:payment:42:paise:25000' })
  expect(rest.journal.reverses).toBeUndefined()
  expect(walletAfter(left, rest.journal)).toEqual(referrer())
  expect(reverseReferral({ ...credited, reversed: rest.reversed }, { kept: 0n }, left)).toBeNull()
})

test('however a payment is refunded, its bonus is worth the share of what is left, and nothing at the end', () => {
  const refunds = fc.array(fc.bigInt({ min: 1n, max: rupees(100) }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(refunds, (parts) => {
      let left = parts.reduce((sum, part) => sum + part, 0n)
      const amount = bonusKept(left, defaultPlan)
      let reversed = 0n
      for (const part of parts) {
        left -= part
        const taken = reverseReferral(
          { ...bonus, amount, reversed },
          { kept: bonusKept(left, defaultPlan) },
          referrer({ balance: amount }),
        )
        reversed = taken?.reversed ?? reversed
        expect(amount - reversed).toBe(bonusKept(left, defaultPlan))
      }
      expect(reversed).toBe(amount)
    }),
    { numRuns: 1_000 },
  )
})

test('a bonus in someone else’s wallet is a fault', () => {
  expect(() => creditReferral(bonus, aWallet())).toThrow('is not of member 7')
  expect(() => reverseReferral(credited, { kept: 0n }, aWallet())).toThrow('is not of member 7')
})
