/** Every refusal of the platform. The list is closed: the edge maps each code to one status and title, exhaustively. */
export const domainErrorCodes = [
  'validation.failed',
  'auth.otp_invalid',
  'auth.otp_locked',
  'auth.otp_resend_too_soon',
  'auth.token_invalid',
  'auth.token_expired',
  'auth.session_revoked',
  'auth.account_inactive',
  'auth.session_not_found',
  'auth.signup_token_invalid',
  'auth.forbidden',
  'auth.unauthenticated',
  'user.not_found',
  'user.referral_code_unknown',
  'user.self_referral',
  'user.identifier_taken',
  'user.own_account',
  'user.last_superuser',
  'user.matters_open',
  'user.erased',
  'vehicle.not_found',
  'vehicle.out_of_stock',
  'vehicle.discontinued',
  'vehicle.option_unknown',
  'vehicle.in_use',
  'vehicle.image_not_found',
  'vehicle.too_many_images',
  'booking.not_found',
  'booking.expired',
  'booking.closed',
  'booking.transition_refused',
  'booking.not_editable',
  'booking.amount_too_small',
  'booking.amount_exceeds_total',
  'booking.total_differs',
  'booking.emi_months_required',
  'booking.terms_not_accepted',
  'payment.not_found',
  'payment.not_positive',
  'payment.exceeds_remaining',
  'payment.not_pending',
  'payment.duplicate_transaction',
  'payment.refund_exceeds',
  'payment.own',
  'payment.order_required',
  'payment.order_not_found',
  'payment.signature_invalid',
  'payment.not_captured',
  'payment.amount_differs',
  'payment.gateway_refused',
  'wallet.insufficient',
  'wallet.transaction_not_found',
  'wallet.own_adjustment',
  'network.node_not_found',
  'network.placement_pending',
  'network.already_placed',
  'network.not_placed',
  'pair.not_found',
  'payout.not_found',
  'payout.below_minimum',
  'payout.exceeds_available',
  'payout.transition_refused',
  'payout.kyc_required',
  'payout.self_approval',
  'kyc.not_found',
  'kyc.read_only',
  'kyc.transition_refused',
  'kyc.self_review',
  'kyc.number_taken',
  'kyc.file_not_found',
  'nominee.not_found',
  'nominee.read_only',
  'nominee.transition_refused',
  'nominee.self_review',
  'nominee.is_member',
  'nominee.replaced',
  'nominee.file_not_found',
  'document.not_found',
  'document.read_only',
  'document.self_review',
  'document.too_many',
  'payout.nothing_to_transfer',
  'payout.batch_not_found',
  'payout.batch_empty',
  'payout.batch_settled',
  'payout.event_refused',
  'tds.not_found',
  'document.too_long',
  'notification.not_found',
  'notification.too_many_streams',
  'plan.not_found',
  'idempotency.key_reused',
  'idempotency.in_progress',
  'request.malformed',
  'request.too_large',
  'request.timeout',
  'request.unsupported_media_type',
  'request.not_found',
  'request.method_not_allowed',
  'rate.limited',
  'service.unavailable',
  'message.invalid',
  'message.not_found',
] as const

export type DomainErrorCode = (typeof domainErrorCodes)[number]

/** What a refusal states about the case, in wire form: amounts as rupee strings, instants as ISO text. Never secrets. */
export type DomainErrorFacts = Readonly<Record<string, string | number | boolean | null>>

/**
 * A refusal: an ordinary answer to a request that the rules do not allow. A fault (a bug, a broken invariant) is a plain Error.
 * `field` names the input that is wrong, in the wire's spelling, when there is exactly one.
 */
export class DomainError extends Error {
  readonly code: DomainErrorCode
  readonly facts: DomainErrorFacts
  readonly field?: string

  constructor(code: DomainErrorCode, facts: DomainErrorFacts = {}, field?: string) {
    super(field === undefined ? code : `${code} (${field})`)
    this.name = 'DomainError'
    this.code = code
    this.facts = facts
    if (field !== undefined) this.field = field
  }
}

/** Tells a refusal from a fault. */
export function isDomainError(error: unknown): error is DomainError {
  return error instanceof DomainError
}
