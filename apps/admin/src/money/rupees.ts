import { amountInWords, formatInr, formatRupees, isDomainError, type Paise, parseRupees, sumPaise } from '@ev/domain'

/** An amount as the API writes it: decimal rupees, `"5000.00"`. It becomes integer paise for arithmetic, never a `number`. */
export type RupeesText = string

/** Without the limit of what may be typed, because sums of the API go beyond it. */
export function paiseOf(amount: RupeesText): Paise {
  const [whole = '0', decimals = ''] = amount.split('.')
  return BigInt(whole + decimals.padEnd(2, '0'))
}

/** What amounts come to together, exactly. */
export const sumOf = (amounts: Iterable<RupeesText>): RupeesText => formatRupees(sumPaise([...amounts].map(paiseOf)))

/** `₹1,23,456.00` */
export const inr = (amount: RupeesText): string => formatInr(paiseOf(amount))

/** `One lakh twenty-three thousand four hundred fifty-six rupees` */
export function inWords(amount: RupeesText): string {
  const words = amountInWords(paiseOf(amount))
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Reads what was typed, with or without ₹ and commas; null when it is no amount with at most two decimals. */
export function typedRupees(text: string): RupeesText | null {
  const plain = text.replaceAll(/[₹,\s]/g, '')
  try {
    parseRupees(plain)
    return plain
  } catch (error) {
    if (isDomainError(error)) return null
    throw error
  }
}
