import type { Deps } from '../deps.ts'

/** What kind of number it is; equal numbers of one kind have equal hashes, wherever they stand. */
export type NumberKind = 'pan' | 'aadhaar' | 'account_number' | 'passport' | 'voter_id' | 'driving_license'

/** A number as it is stored: encrypted for its place, a keyed hash to find equal ones, and the last four characters to show. */
export type SealedNumber = { readonly encrypted: string; readonly hash: string; readonly last4: string }

/** `place` says where the number stands and whose it is (`kyc:42:pan`); elsewhere the text does not decrypt. */
export function sealNumber(
  { encryption, hash }: Pick<Deps, 'encryption' | 'hash'>,
  { number, kind, place }: { number: string; kind: NumberKind; place: string },
): SealedNumber {
  return {
    encrypted: encryption.encrypt({ plaintext: number, context: place }),
    hash: hash({ context: kind, value: number }),
    last4: number.slice(-4),
  }
}
