import type { Paise } from './money.ts'

const belowTwenty = [
  ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen'],
  ['fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'],
].flat()
const tens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']

/** The places of Indian English below a crore, largest first. */
const places = [
  { size: 100_000n, name: 'lakh' },
  { size: 1_000n, name: 'thousand' },
  { size: 100n, name: 'hundred' },
] as const
const crore = 10_000_000n

/** An amount as it is written on a cheque in India: `one lakh twenty-three thousand rupees and fifty paise`. */
export function amountInWords(amount: Paise): string {
  const magnitude = amount < 0n ? -amount : amount
  const rupees = magnitude / 100n
  const paise = magnitude % 100n
  const parts = [
    ...(rupees > 0n || paise === 0n ? [`${wholeInWords(rupees)} ${rupees === 1n ? 'rupee' : 'rupees'}`] : []),
    ...(paise > 0n ? [`${wholeInWords(paise)} ${paise === 1n ? 'paisa' : 'paise'}`] : []),
  ]
  return `${amount < 0n ? 'minus ' : ''}${parts.join(' and ')}`
}

function wholeInWords(value: bigint): string {
  if (value === 0n) return 'zero'
  // Crores are counted in the same words again: one lakh crore is 10^12.
  const crores = value / crore
  const words = crores > 0n ? [`${wholeInWords(crores)} crore`] : []
  let rest = value % crore
  for (const { size, name } of places) {
    if (rest >= size) words.push(`${smallInWords(rest / size)} ${name}`)
    rest %= size
  }
  if (rest > 0n) words.push(smallInWords(rest))
  return words.join(' ')
}

/** 1 to 99. */
function smallInWords(value: bigint): string {
  const number = Number(value)
  if (number < 20) return belowTwenty[number] ?? ''
  const [ten, one] = [tens[Math.floor(number / 10)] ?? '', belowTwenty[number % 10]]
  return one ? `${ten}-${one}` : ten
}
