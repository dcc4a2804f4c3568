// Verhoeff's check works in the dihedral group of order 10: digits 0–4 are rotations, 5–9 reflections. J. Verhoeff, "Error Detecting
// Decimal Codes", 1969.

/** Applied to a digit once for each place to the left; the eighth application is the identity again. */
const permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4] as const

/** Whether the text is twelve digits, the first 2 to 9, with a valid Verhoeff check digit. */
export function isAadhaar(text: string): boolean {
  if (!/^[2-9][0-9]{11}$/.test(text)) return false
  const digitsFromRight = Array.from(text, Number).reverse()
  return digitsFromRight.reduce((check, digit, place) => multiply(check, permute(digit, place % 8)), 0) === 0
}

function permute(digit: number, times: number): number {
  let permuted = digit
  for (let applied = 0; applied < times; applied += 1) permuted = permutation[permuted]!
  return permuted
}

function multiply(a: number, b: number): number {
  const turn = a < 5 ? (a + b) % 5 : (a - b + 10) % 5
  return a < 5 === b < 5 ? turn : turn + 5
}
