import type { Chance } from '../../chance.ts'
import type { Model } from '../../model/state.ts'
import { adminId } from './actors.ts'

export function aMember(model: Model, chance: Chance): number {
  return chance.pick([...model.members.keys()].filter((id) => id !== adminId))
}

export function anOpenBooking(model: Model, chance: Chance) {
  const all = [...model.bookings.values()]
  return pickOften(
    chance,
    all.filter(({ status }) => status === 'pending' || status === 'active'),
    all,
  )
}

/** One of the likely ones mostly, and any of all now and then. */
export function pickOften<T>(chance: Chance, likely: readonly T[], all: readonly T[]): T | null {
  const from = likely.length > 0 && chance.isLucky(0.93) ? likely : all
  return from.length === 0 ? null : chance.pick(from)
}
