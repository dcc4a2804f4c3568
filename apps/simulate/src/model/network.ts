import { monthOf } from './calendar.ts'
import { known, type Model, planAt } from './state.ts'

/** What one batch of the writer does, in its order: the month is entered first, then each message is acted upon. */
export function enterMonth(model: Model, now: Date): void {
  const plan = planAt(model, now)
  Object.assign(model.treeRules, {
    monthlyLimit: plan.monthlyPairLimit,
    eligibility: plan.pairEligibility,
    pairCap: plan.pairCap,
  })
  const month = monthOf(now)
  if (month <= model.treeMonth) return
  model.treeMonth = month
  model.tree.rollMonth(month)
  notePairs(model, model.tree.members(), now)
}

/** A referred member gets a place, and so does everyone above who has none. */
export function place(model: Model, id: number, now: Date): void {
  const placed = new Set(model.tree.members())
  const waiting: number[] = []
  for (let at: number | null = id; at !== null && !placed.has(at); at = known(model.members, at).referrer)
    waiting.push(at)
  if (waiting.length === 1 && known(model.members, id).referrer === null) return
  for (const each of waiting.reverse()) {
    const member = known(model.members, each)
    if (member.isActiveBuyer) model.tree.qualify(each)
    if (!needsSale(model, now)) model.counting.set(each, 'for_ever')
    else if (member.isActiveBuyer) model.counting.set(each, 'by_sale')
    const preference = member.referrer === null ? 'auto' : known(model.members, member.referrer).preference
    if (preference === 'auto') model.tree.join(each, member.referrer)
    else model.tree.join(each, member.referrer, preference)
    notePairs(model, above(model, each), now)
  }
}

export function qualify(model: Model, id: number, now: Date): void {
  if (!model.tree.members().includes(id)) return
  if (!needsSale(model, now)) model.counting.set(id, 'for_ever')
  else if (model.counting.has(id) || !known(model.members, id).isActiveBuyer) return
  else model.counting.set(id, 'by_sale')
  model.tree.qualify(id)
  notePairs(model, above(model, id), now)
}

/** Who counted because of a sale that is lost counts no longer, and the pairs that stood on the member are reversed. */
export function disqualify(model: Model, id: number, now: Date): void {
  if (!needsSale(model, now) || model.counting.get(id) !== 'by_sale' || known(model.members, id).isActiveBuyer) return
  model.counting.delete(id)
  model.tree.disqualify(id)
  for (const pair of model.pairs.values()) {
    pair.isReversed = model.tree.pairs(pair.member)[pair.number - 1]!.isReversed
  }
  notePairs(model, above(model, id), now)
}

const needsSale = (model: Model, now: Date): boolean => planAt(model, now).pairEligibility === 'qualified_sale'

export function check(model: Model, id: number, now: Date): void {
  if (!model.tree.members().includes(id)) return
  model.tree.check(id)
  notePairs(model, [id], now)
}

/** Everyone above a member, the nearest first. */
function above(model: Model, id: number): number[] {
  const line: number[] = []
  for (let at = model.tree.position(id).parent; at !== null; at = model.tree.position(at).parent) line.push(at)
  return line
}

/** Gives the pairs that were just made their ids, and freezes what they were made under. */
function notePairs(model: Model, earners: readonly number[], now: Date): void {
  const plan = planAt(model, now)
  for (const member of earners) {
    const made = [...model.pairs.values()].filter((pair) => pair.member === member).length
    for (const { number, left, right, month } of model.tree.pairs(member).slice(made)) {
      const id = model.pairs.size + 1
      const { isActiveBuyer } = known(model.members, member)
      const frozen = { isActiveBuyer, plan, matchedAt: now }
      const state = { isCredited: false, isReversed: false, isTakenBack: false }
      model.pairs.set(id, { id, member, number, left, right, month, ...frozen, ...state })
    }
  }
}
