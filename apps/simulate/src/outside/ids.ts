import type { Ids } from '@ev/runtime'
import type { Chance } from '../chance.ts'

/** Identifiers that come from a seed; a UUID has the form of its version. Those that are ordered by time are in no order here: nothing may rely on it. */
export function simulatedIds(chance: Chance): Ids {
  const bytes = (count: number) => Uint8Array.from({ length: count }, () => chance.between(0, 255))
  const uuidOfVersion = (version: 4 | 7) => {
    const hex = [...bytes(16)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${version}${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
  }
  return {
    bytes,
    digits: (count) => Array.from({ length: count }, () => chance.between(0, 9)).join(''),
    uuid: () => uuidOfVersion(4),
    timeOrderedUuid: () => uuidOfVersion(7),
  }
}
