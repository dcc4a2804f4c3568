import { z } from 'zod'
import type { Deps } from '../deps.ts'
import type { Identifier } from './identifier.ts'
import { codeLifetimeMs } from './one-time-code.ts'

const profile = z.object({
  firstName: z.string(),
  lastName: z.string(),
  gender: z.string().nullable(),
  dateOfBirth: z.string(),
  addressLine1: z.string(),
  addressLine2: z.string(),
  city: z.string(),
  state: z.string(),
  pincode: z.string(),
  country: z.string(),
})
const pending = z.object({ email: z.string(), mobile: z.string(), profile, referredById: z.int().nullable() })

export type SignUpProfile = z.output<typeof profile>

/** A profile that waits for its codes. */
export type PendingSignUp = z.output<typeof pending>

type StoreDeps = Pick<Deps, 'cache' | 'hash' | 'encryption'>

/** A sign-up as found: `holder` names it in its codes, and `claim` takes it out; of several at once one gets true. */
export type FoundSignUp = PendingSignUp & { readonly holder: string; claim(): Promise<boolean> }

/** The name of a sign-up in the cache and in its codes. The token itself stands nowhere but with the person. */
export const holderOf = ({ hash }: Pick<Deps, 'hash'>, token: string): string =>
  hash({ context: 'signup-token', value: token })

const keyOf = (holder: string) => `signup:${holder}`

/** Which sign-up is the newest of an address or number. */
const newestKey = ({ hash }: Pick<Deps, 'hash'>, { type, value }: Identifier) =>
  `signup-newest:${hash({ context: `signup-newest:${type}`, value })}`

export const identifiersOf = ({ email, mobile }: Pick<PendingSignUp, 'email' | 'mobile'>): [Identifier, Identifier] => [
  { type: 'email', value: email },
  { type: 'mobile', value: mobile },
]

/** Keeps a profile, encrypted, for as long as its codes hold. It replaces an earlier one of the same address or number. */
export async function keepSignUp(deps: StoreDeps, holder: string, signUp: PendingSignUp): Promise<void> {
  const ciphertext = deps.encryption.encrypt({ plaintext: JSON.stringify(signUp), context: keyOf(holder) })
  await deps.cache.set(keyOf(holder), ciphertext, codeLifetimeMs)
  for (const identifier of identifiersOf(signUp)) {
    await deps.cache.set(newestKey(deps, identifier), holder, codeLifetimeMs)
  }
}

/** The sign-up of a token; null when there is none, it has expired, was finished, or was replaced by a newer one. */
export async function findSignUp(deps: StoreDeps, token: string): Promise<FoundSignUp | null> {
  const holder = holderOf(deps, token)
  const ciphertext = await deps.cache.get(keyOf(holder))
  if (ciphertext === null) return null
  const found = pending.parse(JSON.parse(deps.encryption.decrypt({ ciphertext, context: keyOf(holder) })))
  for (const identifier of identifiersOf(found)) {
    if ((await deps.cache.get(newestKey(deps, identifier))) !== holder) return null
  }
  return { ...found, holder, claim: () => deps.cache.deleteIfEquals(keyOf(holder), ciphertext) }
}
