import type { Ids } from '@ev/runtime'
import type { Chance } from '../chance.ts'

/** Identifiers that come from a seed; a UUID has the form of a random one, or of one that is ordered by time. */
export function simulatedIds(chance: Chance): Ids {
  const bytes = (count: number) => Uint8Array.from({ length: count }, () => chance.between(0, 255))
  let ordered = 0
  return {
    bytes,
    digits: (count) => Array.from({ length: count }, () => chance.between(0, 9)).join(''),
    uuid() {
      const hex = [...bytes(16)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
    },
    timeOrderedUuid() {
      ordered += 1
      const hex = ordered.toString(16).padStart(12, '0')
      const random = [...bytes(8)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
      return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-a${random.slice(1, 4)}-${random.slice(4)}`
    },
  }
}
