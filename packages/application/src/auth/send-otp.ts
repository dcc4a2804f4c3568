import type { Deps } from '../deps.ts'
import type { Identifier } from './identifier.ts'
import { codeLifetimeMs, issueCode, resendAfterMs } from './one-time-code.ts'
import { sendCode } from './send-code.ts'

/**
 * Sends a log-in code. The answer is the same whether or not there is such a member, so that it tells nobody who is one.
 * Answers how long the code holds and when another may be asked for, in seconds.
 */
export async function sendOtp(
  deps: Pick<Deps, 'cache' | 'hash' | 'ids' | 'mailer'>,
  { identifier }: { identifier: Identifier },
): Promise<{ expiresIn: number; resendIn: number }> {
  const code = await issueCode(deps, 'login', identifier)
  await sendCode(deps, { purpose: 'login', identifier, code })
  return { expiresIn: codeLifetimeMs / 1000, resendIn: resendAfterMs / 1000 }
}
