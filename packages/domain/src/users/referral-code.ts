/** Digits and capitals that cannot be taken for one another: no 0, O, 1, I. Thirty-two of them, so a byte picks one without bias. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const length = 8

export const referralCodeBytes = length

/**
 * A referral code: `REF` and eight unambiguous characters (10^12 of them), from eight or more random bytes of a cryptographic source.
 * The prefix tells it from a booking number, which begins with EV.
 */
export function referralCode(randomBytes: Uint8Array): string {
  if (randomBytes.length < length) throw new Error('Too few random bytes for a referral code.')
  return `REF${Array.from(randomBytes.subarray(0, length), (byte) => alphabet[byte % alphabet.length]).join('')}`
}
