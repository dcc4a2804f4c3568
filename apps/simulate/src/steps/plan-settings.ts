import { type CompensationPlan, defaultPlan } from '@ev/domain'
import type { Chance } from '../chance.ts'

type Settings = Partial<Omit<CompensationPlan, 'version' | 'section194h'>>

/** One setting at a time, each with values whose edges a run of a few hundred steps reaches. */
const choices: readonly ((chance: Chance) => Settings)[] = [
  (chance) => ({ activeBuyerThreshold: BigInt(chance.pick([1_000, 5_000, 12_000])) }),
  (chance) => ({ bookingExpiryDays: chance.pick([1, 5, 30]) }),
  (chance) => ({ referralBonusBps: chance.pick([0, 333, 500, 1_000, 10_000]) }),
  (chance) => ({ pairEarning: BigInt(chance.pick([333, 1_001, 5_000])) }),
  (chance) => ({ gracePairs: chance.pick([0, 1, 2]) }),
  (chance) => ({ emiDeductionBps: chance.pick([0, 1_234, 2_000, 10_000]) }),
  (chance) => ({ monthlyPairLimit: chance.pick([1, 2, 10]) }),
  (chance) => ({ pairEligibility: chance.pick(['placed', 'qualified_sale', 'qualified_sale'] as const) }),
  (chance) => ({ pairCap: chance.pick(['carry_forward', 'flush'] as const) }),
  (chance) => ({ tdsPolicy: chance.pick(['flat_with_ceiling', 'section_194h'] as const) }),
  (chance) => ({ tdsBps: chance.pick([0, 500, 3_333]), tdsCeiling: BigInt(chance.pick([100, 1_000])) }),
  (chance) => ({ payoutMinimum: BigInt(chance.pick([1, 100, 1_000])) }),
  (chance) => ({ payoutRequiresKyc: chance.isLucky(0.3) }),
  (chance) => ({ emiAnnualRateBps: chance.pick([0, 0, 1_200]) }),
  (chance) => ({ commissionHoldDays: chance.pick([0, 0, 1, 7, 35]) }),
  (chance) => ({ activeBuyerCounts: chance.pick(['all_payments', 'external_only'] as const) }),
]

/** What another plan changes. */
export function planChange(chance: Chance): Settings {
  return Object.assign({}, ...Array.from({ length: chance.between(1, 3) }, () => chance.pick(choices)(chance)))
}

/** The plan that a run begins with: small numbers, so that limits are reached. */
export function firstPlan(chance: Chance): CompensationPlan {
  const small = 15_000n
  const changes = choices.map((choose) => (chance.isLucky(0.5) ? choose(chance) : {}))
  return {
    ...defaultPlan,
    minPreBooking: 100n,
    activeBuyerThreshold: 5_000n,
    pairEarning: 1_000n,
    pairValue: 5_000n,
    gracePairs: 1,
    monthlyPairLimit: 2,
    tdsCeiling: 1_000n,
    section194h: { ...defaultPlan.section194h, threshold: [{ from: '2016-06-01', value: small }] },
    ...Object.assign({}, ...changes),
  }
}
