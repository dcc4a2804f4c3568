import { randomBytes, randomInt, randomUUID } from 'node:crypto'

/** Where unpredictable values come from. */
export type Ids = {
  uuid(): string
  /** `count` random bytes. */
  bytes(count: number): Uint8Array
  /** `count` decimal digits, each equally likely, leading zeros included. */
  digits(count: number): string
}

/** The operating system's cryptographically secure source. */
export const systemIds: Ids = {
  uuid: () => randomUUID(),
  bytes: (count) => new Uint8Array(randomBytes(count)),
  digits: (count) => Array.from({ length: count }, () => randomInt(10)).join(''),
}
