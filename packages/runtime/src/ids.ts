import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import { v7 as timeOrderedUuid } from 'uuid'

/** Where unpredictable values come from. */
export type Ids = {
  uuid(): string
  /** A UUID that sorts behind the earlier ones (RFC 9562, version 7), for keys: rows of one time lie together in an index. Others can tell its time. */
  timeOrderedUuid(): string
  /** `count` random bytes. */
  bytes(count: number): Uint8Array
  /** `count` decimal digits, each equally likely, leading zeros included. */
  digits(count: number): string
}

/** The operating system's cryptographically secure source. */
export const systemIds: Ids = {
  uuid: () => randomUUID(),
  timeOrderedUuid: () => timeOrderedUuid(),
  bytes: (count) => new Uint8Array(randomBytes(count)),
  digits: (count) => Array.from({ length: count }, () => randomInt(10)).join(''),
}
