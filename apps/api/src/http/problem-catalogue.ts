import type { DomainErrorCode } from '@ev/domain'

export type ProblemKind = {
  readonly status: number
  /** The same for every occurrence. */
  readonly title: string
  /** This occurrence, with facts of the refusal in braces. Left out of an answer when one of its facts is missing. */
  readonly detail?: string
}

/** What each refusal is on the wire. A code without a row does not compile. */
export const problemCatalogue: Readonly<Record<DomainErrorCode, ProblemKind>> = {
  'validation.failed': { status: 400, title: 'Some of the input is not valid.', detail: '{reason}' },

  'auth.otp_invalid': { status: 400, title: 'The code is not valid or has expired. Please ask for a new one.' },
  'auth.otp_locked': { status: 400, title: 'Too many wrong codes. Please ask for a new one.' },
  'auth.otp_resend_too_soon': {
    status: 429,
    title: 'A code was sent a moment ago.',
    detail: 'Please wait {retryAfterSeconds} seconds before asking for another code.',
  },
  'auth.token_invalid': { status: 401, title: 'The token is not valid. Please log in again.' },
  'auth.token_expired': { status: 401, title: 'The token has expired. Please refresh it or log in again.' },
  'auth.session_revoked': { status: 401, title: 'The session has ended. Please log in again.' },
  'auth.account_inactive': { status: 401, title: 'The account is not active.' },
  'auth.session_not_found': { status: 404, title: 'There is no such session.' },
  'auth.signup_token_invalid': {
    status: 400,
    title: 'The sign-up is not known or has expired. Please sign up again.',
  },
  'auth.forbidden': { status: 403, title: 'Your account may not do this.' },
  'auth.unauthenticated': { status: 401, title: 'Please log in first.' },

  'user.not_found': { status: 404, title: 'There is no such user.' },
  'user.referral_code_unknown': { status: 400, title: 'There is no member with this referral code.' },
  'user.self_referral': { status: 409, title: 'Nobody can refer themselves.' },
  'user.own_account': { status: 409, title: 'This cannot be done to your own account.' },
  'user.last_superuser': { status: 409, title: 'The platform needs one active superuser.' },
  'user.matters_open': {
    status: 409,
    title: 'Something about money is still open with this member.',
    detail: 'Still open: {open}.',
  },
  'user.erased': { status: 409, title: 'The personal data of this account were erased.' },
  'user.identifier_taken': { status: 400, title: 'Another account uses this e-mail address or mobile number.' },

  'vehicle.not_found': { status: 404, title: 'There is no such vehicle.' },
  'vehicle.out_of_stock': { status: 409, title: 'The vehicle is out of stock.' },
  'vehicle.discontinued': { status: 409, title: 'The vehicle is no longer sold.' },
  'vehicle.option_unknown': { status: 400, title: 'The vehicle does not come in this colour or with this battery.' },
  'vehicle.in_use': {
    status: 409,
    title: 'Bookings refer to the vehicle. Mark it as discontinued instead of deleting it.',
  },
  'vehicle.image_not_found': { status: 404, title: 'There is no such picture.' },
  'vehicle.too_many_images': {
    status: 409,
    title: 'The vehicle has as many pictures as it may have.',
    detail: 'A vehicle has at most {limit} pictures.',
  },

  'booking.not_found': { status: 404, title: 'There is no such booking.' },
  'booking.expired': {
    status: 409,
    title: 'The booking has expired.',
    detail: 'Booking {bookingNumber} has expired and takes no more payments.',
  },
  'booking.closed': {
    status: 409,
    title: 'The booking takes no more payments.',
    detail: 'The booking is {status} and takes no more payments.',
  },
  'booking.transition_refused': {
    status: 409,
    title: 'The booking cannot change in this way.',
    detail: 'A booking that is {from} cannot become {to}.',
  },
  'booking.not_editable': {
    status: 409,
    title: 'Only a pending booking can be changed.',
    detail: 'The booking is {status}.',
  },
  'booking.amount_too_small': {
    status: 400,
    title: 'The booking amount is too small.',
    detail: 'The booking amount must be at least ₹{minimum}.',
  },
  'booking.amount_exceeds_total': {
    status: 400,
    title: 'The booking amount is more than the price.',
    detail: 'The booking amount must be at most ₹{total}.',
  },
  'booking.total_differs': {
    status: 400,
    title: 'The total is not the price of the vehicle.',
    detail: 'The price of the vehicle is ₹{total}.',
  },
  'booking.emi_months_required': { status: 400, title: 'Paying by instalments needs a number of months from 1 to 60.' },
  'booking.terms_not_accepted': { status: 400, title: 'Please accept the terms first.' },

  'payment.not_found': { status: 404, title: 'There is no such payment.' },
  'payment.not_positive': { status: 400, title: 'The amount must be more than zero.' },
  'payment.exceeds_remaining': {
    status: 400,
    title: 'The amount is more than what remains to be paid.',
    detail: 'At most ₹{remaining} remains to be paid.',
  },
  'payment.not_pending': {
    status: 409,
    title: 'The payment is not waiting for confirmation.',
    detail: 'The payment is {status}.',
  },
  'payment.duplicate_transaction': { status: 409, title: 'This transaction was already recorded.' },
  'payment.refund_exceeds': {
    status: 409,
    title: 'The refund is more than what can be given back.',
    detail: 'At most ₹{refundable} can be given back.',
  },
  'payment.own': { status: 403, title: 'Nobody confirms, fails or refunds their own payment.' },
  'payment.order_required': {
    status: 409,
    title: 'Online payments go through the payment gateway. Please open a payment order.',
  },
  'payment.order_not_found': { status: 404, title: 'There is no such payment order.' },
  'payment.signature_invalid': { status: 400, title: 'The signature is not that of the payment gateway.' },
  'payment.not_captured': {
    status: 409,
    title: 'The payment gateway has not collected this payment. It counts as soon as it has.',
  },
  'payment.amount_differs': {
    status: 409,
    title: 'The payment gateway has collected something else than the order asks for. Nothing was counted.',
  },
  'payment.gateway_refused': { status: 409, title: 'The payment gateway did not accept the order.' },

  'wallet.insufficient': {
    status: 400,
    title: 'There is not enough money in the wallet.',
    detail: '₹{available} is available.',
  },
  'wallet.transaction_not_found': { status: 404, title: 'There is no such wallet transaction.' },
  'wallet.own_adjustment': { status: 403, title: 'Nobody changes their own wallet.' },

  'network.node_not_found': { status: 404, title: 'There is no such position in your network.' },
  'network.placement_pending': {
    status: 404,
    title: 'The position in the network is being prepared. Please look again in a moment.',
  },
  'network.already_placed': { status: 409, title: 'The member already has a position in the network.' },
  'network.not_placed': { status: 404, title: 'The member has no position in the network yet.' },
  'pair.not_found': { status: 404, title: 'There is no such pair.' },

  'payout.not_found': { status: 404, title: 'There is no such payout.' },
  'payout.below_minimum': {
    status: 400,
    title: 'The amount is below the smallest payout.',
    detail: 'A payout is at least ₹{minimum}.',
  },
  'payout.exceeds_available': {
    status: 400,
    title: 'The amount is more than what is available.',
    detail: 'At most ₹{available} is available.',
  },
  'payout.transition_refused': {
    status: 409,
    title: 'The payout cannot change in this way.',
    detail: 'A payout that is {from} cannot become {to}.',
  },
  'payout.kyc_required': { status: 409, title: 'A payout needs an approved identity check (KYC) first.' },
  'payout.self_approval': { status: 403, title: 'Nobody approves their own payout.' },
  'payout.nothing_to_transfer': {
    status: 409,
    title: 'Tax and EMI take all of the payout; the bank has nothing to do.',
  },
  'payout.batch_not_found': { status: 404, title: 'There is no such batch of payouts.' },
  'payout.batch_empty': { status: 409, title: 'There is no payout that could go into the batch.' },
  'payout.batch_settled': {
    status: 409,
    title: 'Every payout of the batch has its result; there is nothing left to send.',
  },
  'payout.event_refused': {
    status: 400,
    title: 'The notice of the bank is not signed as it should be, or cannot be read.',
  },

  'tds.not_found': { status: 404, title: 'There is no such tax record.' },
  'document.too_long': {
    status: 400,
    title: 'There is too much for one document. Please ask for a shorter period.',
    detail: '{count} rows are more than the {limit} of one document.',
  },

  'kyc.not_found': { status: 404, title: 'There is no such identity check.' },
  'kyc.read_only': { status: 409, title: 'The identity check is approved and cannot be changed.' },
  'kyc.transition_refused': {
    status: 409,
    title: 'The identity check cannot change in this way.',
    detail: 'An identity check that is {from} cannot become {to}.',
  },
  'kyc.self_review': { status: 403, title: 'Nobody reviews their own identity check or that of an account they made.' },
  'kyc.number_taken': { status: 409, title: 'Another member has submitted this number.' },
  'kyc.file_not_found': { status: 404, title: 'The identity check has no such file.' },
  'nominee.not_found': { status: 404, title: 'There is no such nominee.' },
  'nominee.read_only': { status: 409, title: 'The nominee is approved and cannot be changed.' },
  'nominee.transition_refused': {
    status: 409,
    title: 'The nominee cannot change in this way.',
    detail: 'A nominee who is {from} cannot become {to}.',
  },
  'nominee.self_review': { status: 403, title: 'Nobody reviews their own nominee or that of an account they made.' },
  'nominee.is_member': { status: 400, title: 'The nominee must be someone else than the member.' },
  'nominee.replaced': { status: 409, title: 'The nominee was replaced in the meantime. Please look again.' },
  'nominee.file_not_found': { status: 404, title: 'The nominee has no such file.' },
  'document.not_found': { status: 404, title: 'There is no such document.' },
  'document.read_only': { status: 409, title: 'The document is verified and cannot be changed.' },
  'document.self_review': { status: 403, title: 'Nobody verifies their own document or that of an account they made.' },
  'document.too_many': {
    status: 409,
    title: 'There are too many documents.',
    detail: 'A member keeps at most {most} documents here.',
  },

  'notification.not_found': { status: 404, title: 'There is no such notification.' },
  'notification.too_many_streams': {
    status: 429,
    title: 'Too many notification streams are open.',
    detail: 'At most {limit} can be open at a time.',
  },
  'plan.not_found': { status: 404, title: 'There is no such plan.' },

  'idempotency.key_reused': {
    status: 409,
    title: 'This Idempotency-Key was used for another request. Please use a new one.',
  },
  'idempotency.in_progress': { status: 409, title: 'The first request with this Idempotency-Key is still running.' },

  'request.malformed': { status: 400, title: 'The request could not be read.', detail: '{reason}' },
  'request.too_large': { status: 413, title: 'The request is too large.', detail: '{reason}' },
  'request.timeout': { status: 408, title: 'The request took too long to arrive.' },
  'request.unsupported_media_type': {
    status: 415,
    title: 'The body is of a media type that is not taken here.',
    detail: 'The body must be {expected}.',
  },
  'request.not_found': { status: 404, title: 'There is nothing at this address.' },
  'request.method_not_allowed': {
    status: 405,
    title: 'This address does not take this method.',
    detail: 'It takes {allowed}.',
  },
  'rate.limited': {
    status: 429,
    title: 'Too many requests.',
    detail: 'Please try again in {retryAfterSeconds} seconds.',
  },
  'service.unavailable': { status: 503, title: 'A part of the platform is not available right now. Please try again.' },
  'message.invalid': { status: 400, title: 'The message is not valid.' },
  'message.not_found': { status: 404, title: 'There is no such parked message.' },
}

/** The answer to a fault. Nothing of what happened leaks; the request id leads to the log. */
export const faultProblem = {
  status: 500,
  code: 'internal.fault',
  title: 'Something went wrong on our side.',
  detail: 'Please try again. If it keeps happening, tell us the request_id.',
} as const
