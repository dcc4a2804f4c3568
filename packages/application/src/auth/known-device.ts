import { timingSafeEqual } from 'node:crypto'
import type { Deps } from '../deps.ts'
import type { Identifier } from './identifier.ts'

const idBytes = 16

/** Marks a device on which someone logged in by this identifier: a random id and a keyed hash that binds it to the identifier. */
export function newDeviceToken({ hash, ids }: Pick<Deps, 'hash' | 'ids'>, identifier: Identifier): string {
  const id = Buffer.from(ids.bytes(idBytes)).toString('hex')
  return `${id}.${sealOf({ hash }, { id, identifier })}`
}

/**
 * The id of the device when the token was made for this identifier, else the empty text. It lets nobody in: a known device only has codes and
 * tries of its own, which strangers who guess and ask for codes cannot use up.
 */
export function knownDevice(deps: Pick<Deps, 'hash'>, identifier: Identifier, token: string | null): string {
  const [, id, seal] = /^([0-9a-f]{32})\.([0-9a-f]{64})$/.exec(token ?? '') ?? []
  if (id === undefined || seal === undefined) return ''
  const expected = sealOf(deps, { id, identifier })
  return timingSafeEqual(Buffer.from(seal), Buffer.from(expected)) ? id : ''
}

function sealOf({ hash }: Pick<Deps, 'hash'>, { id, identifier }: { id: string; identifier: Identifier }): string {
  return hash({ context: `device:${identifier.type}`, value: `${id}:${identifier.value}` })
}
