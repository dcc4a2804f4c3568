const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const length = 8
/** 252 is the largest multiple of 36 that a byte can hold; bytes from there on would favour the first letters. */
const firstBiasedByte = 252

/** Least random bytes that a caller should give: the chance that they do not suffice is below 10^-11. */
export const bookingNumberBytes = 16

/**
 * A booking number: `EV` and eight of `[A-Z0-9]`, every one equally likely, drawn from the caller's random bytes (16 or more, from a
 * cryptographic source). When too few bytes remain after the biased ones are dropped it is a fault, and the caller draws again.
 */
export function bookingNumber(randomBytes: Uint8Array): string {
  const unbiased = randomBytes.filter((byte) => byte < firstBiasedByte)
  if (unbiased.length < length) throw new Error('Too few random bytes for a booking number.')
  return `EV${Array.from(unbiased.subarray(0, length), (byte) => alphabet[byte % alphabet.length]).join('')}`
}
