import { DomainError } from '@ev/domain'
import type { GuessOptions } from '@ev/runtime'
import type { Deps } from '../deps.ts'
import type { Identifier } from './identifier.ts'

export const codeLifetimeMs = 10 * 60_000
export const resendAfterMs = 30_000
const maxAttempts = 5

/** What a code is for; a code for one purpose is worth nothing for another. */
export type CodePurpose = 'login'

type CodeDeps = Pick<Deps, 'cache' | 'hash' | 'ids'>

const cacheKey = (purpose: CodePurpose, { type, value }: Identifier) => `otp:${purpose}:${type}:${value}`

const hashOf = ({ hash }: CodeDeps, purpose: CodePurpose, { value }: Identifier, code: string) =>
  hash({ context: `otp:${purpose}`, value: `${value}:${code}` })

/**
 * Makes a code of six digits that replaces any earlier one, and keeps only its keyed hash. Refuses with `auth.otp_resend_too_soon`
 * within 30 seconds of the one before.
 */
export async function issueCode(deps: CodeDeps, purpose: CodePurpose, identifier: Identifier): Promise<string> {
  const key = cacheKey(purpose, identifier)
  if (!(await deps.cache.setIfAbsent(`${key}:resend`, '1', resendAfterMs))) {
    throw new DomainError('auth.otp_resend_too_soon', { retryAfterSeconds: resendAfterMs / 1000 })
  }
  const code = deps.ids.digits(6)
  await deps.cache.putSecret(key, hashOf(deps, purpose, identifier, code), codeLifetimeMs)
  return code
}

/**
 * Compares a code. At most five wrong tries are evaluated, whoever makes them and however many at once. Wrong, used, replaced, expired
 * and never sent are refused alike with `auth.otp_invalid`; after the fifth wrong try every code is refused with `auth.otp_locked`.
 */
export async function requireCode(
  deps: CodeDeps,
  purpose: CodePurpose,
  {
    identifier,
    code,
    onMatch,
  }: { identifier: Identifier; code: string; onMatch: NonNullable<GuessOptions['onMatch']> },
): Promise<void> {
  const result = await deps.cache.guessSecret(cacheKey(purpose, identifier), hashOf(deps, purpose, identifier, code), {
    maxAttempts,
    onMatch,
  })
  if (result === 'locked') throw new DomainError('auth.otp_locked', {}, 'otp_code')
  if (result !== 'match') throw new DomainError('auth.otp_invalid', {}, 'otp_code')
}
