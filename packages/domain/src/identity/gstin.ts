import { isPan } from './pan.ts'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** Whether the text is a goods and services tax number: state code, PAN, entity, `Z`, and a valid mod-36 check character. */
export function isGstin(text: string): boolean {
  if (!/^[0-9]{2}[A-Z0-9]{10}[1-9A-Z]Z[0-9A-Z]$/.test(text)) return false
  return isPan(text.slice(2, 12)) && checkCharacter(text.slice(0, 14)) === text[14]
}

/** Places weigh 1, 2, 1, 2, … from the left; each product counts as the sum of its two base-36 digits. */
function checkCharacter(body: string): string {
  const sum = Array.from(body, (character, place) => {
    const product = alphabet.indexOf(character) * (place % 2 === 0 ? 1 : 2)
    return Math.floor(product / 36) + (product % 36)
  }).reduce((total, part) => total + part, 0)
  return alphabet[(36 - (sum % 36)) % 36]!
}
