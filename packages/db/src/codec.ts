import { createHash } from 'node:crypto'

/**
 * Values as JSON text and back, exactly: bigint, Date, undefined and the numbers that JSON has no way to write are tagged
 * (`{"$bigint":"5"}`), and a key of the value's own that begins with `$` gets one more, so that it is never taken for a tag.
 * Plain objects and arrays only; anything else is a fault.
 */
export function encode(value: unknown): string {
  return JSON.stringify(toTagged(value, 0))
}

/** The value that `encode` was given. */
export function decode(text: string): unknown {
  return fromTagged(JSON.parse(text))
}

/** SHA-256, in hex, of a value; the order of an object's keys does not matter. */
export function fingerprintOf(value: unknown): string {
  return sha256Hex(JSON.stringify(sortKeys(toTagged(value, 0))))
}

/** SHA-256 of a text, in hex. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

const maxDepth = 64

function toTagged(value: unknown, depth: number): unknown {
  if (depth > maxDepth) throw new Error(`A value nested deeper than ${maxDepth} cannot be stored.`)
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number')
    return isPlainNumber(value) ? value : { $number: Object.is(value, -0) ? '-0' : String(value) }
  if (typeof value === 'bigint') return { $bigint: value.toString() }
  if (value === undefined) return { $undefined: true }
  if (value instanceof Date) return { $date: value.toISOString() }
  if (Array.isArray(value)) return value.map((item) => toTagged(item, depth + 1))
  if (isPlainObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key.startsWith('$') ? `$${key}` : key, toTagged(item, depth + 1)]),
    )
  }
  throw new Error(`A value of type ${typeof value} cannot be stored.`)
}

function fromTagged(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromTagged)
  if (!isPlainObject(value)) return value
  if ('$number' in value) return Number(value['$number'])
  if ('$bigint' in value) return BigInt(String(value['$bigint']))
  if ('$undefined' in value) return undefined
  if ('$date' in value) return new Date(String(value['$date']))
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key.startsWith('$') ? key.slice(1) : key, fromTagged(item)]),
  )
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (!isPlainObject(value)) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, item]) => [key, sortKeys(item)]))
}

function isPlainNumber(value: number): boolean {
  return Number.isFinite(value) && !Object.is(value, -0)
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
