import { type DomainErrorCode, isDomainError } from '@ev/domain'
import type { Request } from 'express'
import type { Kernel, SecurityEvent } from './kernel.ts'
import { problemCatalogue } from './problem-catalogue.ts'
import type { RequestState } from './request-context.ts'
import type { Route } from './route.ts'

/**
 * Tells the audit log of a refusal that is about who is calling: no valid token, a wrong or locked code, or something that this caller
 * may not do. Every other refusal is an ordinary answer and passes.
 */
export function reportRefusedCaller<Deps>(
  kernel: Kernel,
  thrown: unknown,
  { route, request, state }: { route: Route<Deps>; request: Request; state: RequestState },
): void {
  const kind = isDomainError(thrown) ? kindOf(thrown.code) : null
  if (!isDomainError(thrown) || kind === null) return
  kernel.onSecurityEvent?.({
    kind,
    code: thrown.code,
    method: request.method,
    route: route.path,
    userId: state.actor?.userId ?? null,
    ip: request.ip ?? '',
    requestId: state.id,
  })
}

/** Codes that log in are answered with 400, so that a form can show which field is wrong; they are log-ins that failed all the same. */
const failedLogins: readonly DomainErrorCode[] = ['auth.otp_invalid', 'auth.otp_locked', 'auth.signup_token_invalid']

function kindOf(code: DomainErrorCode): SecurityEvent['kind'] | null {
  const { status } = problemCatalogue[code]
  if (status === 401 || failedLogins.includes(code)) return 'authentication_failed'
  return status === 403 ? 'authorisation_failed' : null
}
