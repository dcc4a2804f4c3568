import { DomainError, isDomainError } from '@ev/domain'
import type { GuessOptions } from '@ev/runtime'
import type { Deps } from '../deps.ts'
import type { Identifier } from './identifier.ts'

export const codeLifetimeMs = 10 * 60_000
export const resendAfterMs = 30_000
const maxAttempts = 5

/** What a code is for; a code for one purpose is worth nothing for another. */
export type CodePurpose = 'login' | 'signup' | 'change_identifier'

/**
 * The place of one code: what it is for, where it is sent, and whose request it belongs to. `holder` is a sign-up token, a member's id or a
 * known device; empty for a code that anyone may ask for. A code tried in another place than its own is wrong there.
 */
export type CodeSlot = { readonly purpose: CodePurpose; readonly identifier: Identifier; readonly holder: string }

type CodeDeps = Pick<Deps, 'cache' | 'hash' | 'ids' | 'clock'>

/** Keys and stored codes are keyed hashes: whoever reads the cache learns neither addresses nor codes. */
function cacheKey({ hash }: Pick<CodeDeps, 'hash'>, { purpose, identifier, holder }: CodeSlot): string {
  return `otp:${purpose}:${hash({ context: `otp-slot:${identifier.type}`, value: `${holder}:${identifier.value}` })}`
}

function hashOf({ hash }: Pick<CodeDeps, 'hash'>, { purpose, identifier, holder }: CodeSlot, code: string): string {
  return hash({ context: `otp:${purpose}:${identifier.type}`, value: `${holder}:${identifier.value}:${code}` })
}

/** The next code for an address has to wait, whoever asks: one key for all holders, but for devices that have one of their own. */
function resendKey(deps: Pick<CodeDeps, 'hash'>, slot: CodeSlot): string {
  return `${cacheKey(deps, slot.purpose === 'login' ? slot : { ...slot, holder: '' })}:resend`
}

/**
 * Takes the right to send codes to all of `slots`, or to none. Refuses with `auth.otp_resend_too_soon` within 30 seconds of the
 * code before.
 */
export async function reserveSending(deps: CodeDeps, slots: readonly CodeSlot[]): Promise<void> {
  const taken: CodeSlot[] = []
  for (const slot of slots) {
    const until = deps.clock.now().getTime() + resendAfterMs
    if (await deps.cache.setIfAbsent(resendKey(deps, slot), String(until), resendAfterMs)) {
      taken.push(slot)
      continue
    }
    await releaseSending(deps, taken)
    throw new DomainError('auth.otp_resend_too_soon', { retryAfterSeconds: await secondsToWait(deps, slot) })
  }
}

/** Gives the right back: nobody waits for a code that never left. */
export async function releaseSending(deps: CodeDeps, slots: readonly CodeSlot[]): Promise<void> {
  for (const slot of slots) await deps.cache.delete(resendKey(deps, slot))
}

async function secondsToWait(deps: CodeDeps, slot: CodeSlot): Promise<number> {
  const until = Number(await deps.cache.get(resendKey(deps, slot)))
  const remainingMs = until - deps.clock.now().getTime()
  return Math.min(Math.max(1, Math.ceil(remainingMs / 1000)), resendAfterMs / 1000)
}

/** Makes a code of six digits that replaces any earlier one in its slot, and keeps only its keyed hash. */
export async function issueCode(deps: CodeDeps, slot: CodeSlot): Promise<string> {
  const code = deps.ids.digits(6)
  await deps.cache.putSecret(cacheKey(deps, slot), hashOf(deps, slot, code), codeLifetimeMs)
  return code
}

/** Like `requireCode` for a code that may stand in any of several slots; answers the one that it stands in. */
export async function findCode(
  deps: CodeDeps,
  slots: readonly [CodeSlot, ...CodeSlot[]],
  guess: { code: string; field: string },
): Promise<CodeSlot> {
  let refusal: unknown
  for (const slot of slots) {
    try {
      await requireCode(deps, slot, { ...guess, onMatch: 'keep' })
      return slot
    } catch (error) {
      if (!isDomainError(error)) throw error
      refusal ??= error
    }
  }
  throw refusal
}

/**
 * Compares a code. At most five wrong tries are evaluated, whoever makes them and however many at once. Wrong, used, replaced, expired
 * and never sent are refused alike with `auth.otp_invalid` on `field`; after the fifth wrong try every code is refused with `auth.otp_locked`
 * until another one is sent.
 */
export async function requireCode(
  deps: CodeDeps,
  slot: CodeSlot,
  { code, field, onMatch }: { code: string; field: string; onMatch: NonNullable<GuessOptions['onMatch']> },
): Promise<void> {
  const result = await deps.cache.guessSecret(cacheKey(deps, slot), hashOf(deps, slot, code), { maxAttempts, onMatch })
  if (result === 'locked') throw new DomainError('auth.otp_locked', {}, field)
  if (result !== 'match') throw new DomainError('auth.otp_invalid', {}, field)
}
