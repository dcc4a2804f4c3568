import { DomainError } from './errors.ts'

/** An amount in integer paise; ₹1 is 100n. The only representation of money inside the platform. */
export type Paise = bigint

/** Largest amount that is accepted from outside: 10^12 rupees. */
const largestAmount: Paise = 10n ** 14n

/** Rupees with at most two decimals, no sign other than a minus, no leading zeros, ASCII digits only. */
const rupeesPattern = /^(-?)(0|[1-9][0-9]{0,12})(?:\.([0-9]{1,2}))?$/

const basisPointsOfWhole = 10_000n

/** `allowNegative` is for adjustments and signed statement lines. `field` is named by the refusal. */
export type ParseRupeesOptions = { readonly allowNegative?: boolean; readonly field?: string }

/**
 * Reads an amount in rupees as it comes over the wire: a JSON number or a string with at most two decimals.
 * A number is read through its shortest decimal text, so 0.1 + 0.2 has seventeen decimals and is refused, and so is any
 * number that prints with an exponent. Zero is an amount; whether it is allowed is the rule's business.
 * Refuses with `validation.failed`.
 */
export function parseRupees(input: unknown, options: ParseRupeesOptions = {}): Paise {
  const text = typeof input === 'number' ? String(input) : input
  const match = typeof text === 'string' ? rupeesPattern.exec(text) : null
  if (!match) throw amountRefused('An amount in rupees with at most two decimals is expected.', options)
  const [, sign, whole = '', decimals = ''] = match
  const magnitude = BigInt(whole) * 100n + BigInt(decimals.padEnd(2, '0'))
  if (magnitude > largestAmount) throw amountRefused('The amount is more than 1000000000000 rupees.', options)
  if (sign === '-' && !options.allowNegative) throw amountRefused('The amount must not be negative.', options)
  return sign === '-' ? -magnitude : magnitude
}

function amountRefused(reason: string, options: ParseRupeesOptions): DomainError {
  return new DomainError('validation.failed', { reason }, options.field)
}

/** The wire form: decimal rupees with exactly two digits, `"5000.00"`, `"-0.50"`. */
export function formatRupees(amount: Paise): string {
  const magnitude = amount < 0n ? -amount : amount
  const paise = String(magnitude % 100n).padStart(2, '0')
  return `${amount < 0n ? '-' : ''}${magnitude / 100n}.${paise}`
}

/** Writes an amount in code: `rupees(500)`, `rupees('0.05')`, `rupees(-1)`. For data and tests, not for input. */
export function rupees(amount: number | string): Paise {
  return parseRupees(amount, { allowNegative: true })
}

/**
 * A share of an amount in basis points (500 is 5 %), rounded half up to the paisa.
 * The amount is >= 0 and the share between nothing and the whole; anything else is a fault of the caller.
 */
export function shareOf(amount: Paise, basisPoints: number): Paise {
  if (amount < 0n) throw new RangeError('A share is taken of an amount that is not negative.')
  if (!Number.isInteger(basisPoints) || basisPoints < 0 || basisPoints > 10_000) {
    throw new RangeError(`A share is a whole number of basis points from 0 to 10000, not ${basisPoints}.`)
  }
  return divideHalfUp(amount * BigInt(basisPoints), basisPointsOfWhole)
}

/** Divides two amounts that are not negative, rounding half up to a whole. */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator)
}

/** Splits an amount so that the parts always add up to it: the share is rounded, the remainder stays with the rest. */
export function splitByShare(amount: Paise, basisPoints: number): { share: Paise; rest: Paise } {
  const share = shareOf(amount, basisPoints)
  return { share, rest: amount - share }
}

export function minPaise(a: Paise, b: Paise): Paise {
  return a < b ? a : b
}

export function maxPaise(a: Paise, b: Paise): Paise {
  return a > b ? a : b
}

export function sumPaise(amounts: Iterable<Paise>): Paise {
  let sum = 0n
  for (const amount of amounts) sum += amount
  return sum
}
