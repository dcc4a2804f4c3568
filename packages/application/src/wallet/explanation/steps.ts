import { formatInr, formatRupees, minPaise, type Paise, shareOf, sumPaise } from '@ev/domain'

export const stepOperations = ['given', 'share', 'sum', 'difference', 'least', 'negative'] as const

/**
 * One step of the arithmetic behind a row, with exact values: amounts as decimal strings, percentages without needless decimals. `given` is its
 * only operand; `share` the first times the second per cent, rounded half up to the paisa; `difference` the first less all others; `least` the
 * smallest; `negative` its only operand with the sign turned. An operand named like an earlier step is that step's result.
 */
export type Step = {
  readonly name: string
  readonly operation: (typeof stepOperations)[number]
  readonly operands: readonly Operand[]
  readonly result: Paise
  /** The same for people: `₹1,000.00 × 5 % = ₹50.00`. */
  readonly text: string
}

export type Operand = { readonly name: string; readonly value: string }

/** An amount with the name under which it stands in the explanation. */
export type Named = readonly [name: string, amount: Paise]

export const resultOf = ({ name, result }: Step): Named => [name, result]

export function given(name: string, [from, amount]: Named): Step {
  return { name, operation: 'given', operands: [operand([from, amount])], result: amount, text: formatInr(amount) }
}

export function share(name: string, [of, amount]: Named, [rate, basisPoints]: readonly [string, number]): Step {
  const result = shareOf(amount, basisPoints)
  return {
    name,
    operation: 'share',
    operands: [operand([of, amount]), { name: rate, value: percent(basisPoints) }],
    result,
    text: `${formatInr(amount)} × ${percent(basisPoints)} % = ${formatInr(result)}`,
  }
}

export function sum(name: string, ...of: readonly Named[]): Step {
  const result = sumPaise(of.map(([, amount]) => amount))
  return {
    name,
    operation: 'sum',
    operands: of.map(operand),
    result,
    text: `${texts(of).join(' + ')} = ${formatInr(result)}`,
  }
}

export function difference(name: string, first: Named, ...others: readonly Named[]): Step {
  const result = first[1] - sumPaise(others.map(([, amount]) => amount))
  const of = [first, ...others]
  return {
    name,
    operation: 'difference',
    operands: of.map(operand),
    result,
    text: `${texts(of).join(' − ')} = ${formatInr(result)}`,
  }
}

export function least(name: string, ...of: readonly [Named, Named]): Step {
  const result = minPaise(of[0][1], of[1][1])
  return {
    name,
    operation: 'least',
    operands: of.map(operand),
    result,
    text: `the smaller of ${texts(of).join(' and ')} = ${formatInr(result)}`,
  }
}

export function negative(name: string, of: Named): Step {
  return { name, operation: 'negative', operands: [operand(of)], result: -of[1], text: formatInr(-of[1]) }
}

/** Basis points as a percentage without needless decimals: 2000 is `20`, 250 is `2.5`. */
export const percent = (basisPoints: number): string => String(basisPoints / 100)

const operand = ([name, amount]: Named): Operand => ({ name, value: formatRupees(amount) })
const texts = (of: readonly Named[]): string[] => of.map(([, amount]) => formatInr(amount))
