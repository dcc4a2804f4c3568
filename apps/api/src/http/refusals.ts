import type { DomainErrorCode } from '@ev/domain'
import type { Route } from './route.ts'

const OF_LOGIN: readonly DomainErrorCode[] = [
  'auth.unauthenticated',
  'auth.token_invalid',
  'auth.token_expired',
  'auth.session_revoked',
  'auth.account_inactive',
]
const OF_BODIES: readonly DomainErrorCode[] = [
  'request.malformed',
  'request.too_large',
  'request.unsupported_media_type',
  'request.timeout',
]

/** Every refusal a route can end in: those it declares and those that follow from what it is. */
export function refusalsOf<Deps>(route: Route<Deps>): DomainErrorCode[] {
  const { request, access, idempotent, method } = route
  const codes: DomainErrorCode[] = [...route.refusals, 'rate.limited', 'service.unavailable']
  if (access !== 'public') codes.push(...OF_LOGIN)
  if (access === 'staff' || access === 'admin') codes.push('auth.forbidden')
  if (request.params) codes.push('request.not_found')
  if (request.params || request.query || request.body || request.files || request.headers || idempotent)
    codes.push('validation.failed')
  if (method !== 'get') codes.push(...OF_BODIES)
  if (idempotent) codes.push('idempotency.key_reused', 'idempotency.in_progress')
  return [...new Set(codes)]
}
