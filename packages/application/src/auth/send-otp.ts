import type { Identifier } from './identifier.ts'
import { codeLifetimeMs, resendAfterMs } from './one-time-code.ts'
import { sendCodes } from './send-code.ts'

/** How long a code holds and when another may be asked for, in seconds. */
export type SentCode = { readonly expiresIn: number; readonly resendIn: number }

export const sentCode: SentCode = { expiresIn: codeLifetimeMs / 1000, resendIn: resendAfterMs / 1000 }

/**
 * Sends a log-in code. The answer is the same whether or not there is such a member, so that it tells nobody who is one. `device` is
 * the known device that asks, empty for any other. Refuses with `auth.otp_resend_too_soon`.
 */
export async function sendOtp(
  deps: Parameters<typeof sendCodes>[0],
  { identifier, device }: { identifier: Identifier; device: string },
): Promise<SentCode> {
  await sendCodes(deps, [{ purpose: 'login', identifier, holder: device }])
  return sentCode
}
