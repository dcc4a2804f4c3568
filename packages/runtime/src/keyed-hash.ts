import { createHmac } from 'node:crypto'

/**
 * A fingerprint of `value` that only the holder of the key can compute: 64 hex characters. `context` names what the value
 * is (`pan`, `otp:login`), so that equal values of different kinds do not look equal.
 */
export type KeyedHash = (input: { context: string; value: string }) => string

/** HMAC-SHA256 under `key`. The context is length-prefixed, so that no two inputs run into each other. */
export function createKeyedHash(key: string): KeyedHash {
  return ({ context, value }) =>
    createHmac('sha256', key)
      .update(`${Buffer.byteLength(context)}:${context}:${value}`)
      .digest('hex')
}
