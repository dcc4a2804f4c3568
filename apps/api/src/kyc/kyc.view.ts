import { kycFileColumns } from '@ev/application'
import type { kyc } from '@ev/db'
import { type KycFileName, reviewStatuses, reviewTransitions } from '@ev/domain'
import { z } from 'zod'
import { idNumber, instant } from '../http/index.ts'
import { maskedLast4 } from './identity-fields.ts'

/** Who submitted papers and how far they are; holds no identity data. */
export const papersEntryView = z.object({
  id: idNumber,
  user: idNumber,
  user_name: z.string(),
  user_email: z.string().nullable(),
  user_mobile: z.string().nullable(),
  status: z.enum(reviewStatuses),
  next_statuses: z.array(z.enum(reviewStatuses)),
  submitted_at: instant,
  reviewed_at: instant.nullable(),
  reviewed_by: idNumber.nullable(),
  rejection_reason: z.string(),
})

type PapersRow = Pick<
  kyc.KycRow,
  'id' | 'userId' | 'user' | 'status' | 'submittedAt' | 'reviewedAt' | 'reviewedById' | 'rejectionReason'
>

export function toPapersEntryView(row: PapersRow): z.output<typeof papersEntryView> {
  const { firstName, lastName, email, mobile } = row.user
  return {
    id: row.id,
    user: row.userId,
    user_name: `${firstName} ${lastName}`.trim(),
    user_email: email,
    user_mobile: mobile,
    status: row.status,
    next_statuses: [...reviewTransitions[row.status]],
    submitted_at: row.submittedAt,
    reviewed_at: row.reviewedAt,
    reviewed_by: row.reviewedById,
    rejection_reason: row.rejectionReason,
  }
}

/** An identity check. Numbers show their last four characters only; files are the addresses at which those who may can load them. */
export const kycView = papersEntryView.extend({
  pan_number: z.string().nullable(),
  aadhaar_number: z.string().nullable(),
  address_line1: z.string(),
  address_line2: z.string(),
  city: z.string(),
  state: z.string(),
  pincode: z.string(),
  country: z.string(),
  bank_name: z.string().nullable(),
  account_number: z.string().nullable(),
  ifsc_code: z.string().nullable(),
  account_holder_name: z.string().nullable(),
  pan_document: z.string().nullable(),
  aadhaar_front: z.string().nullable(),
  aadhaar_back: z.string().nullable(),
})

export function toKycView(row: kyc.KycRow): z.output<typeof kycView> {
  const fileAddress = (name: KycFileName) =>
    row[kycFileColumns[name]] === null ? null : `/api/v1/users/kyc/${row.id}/files/${name}/`
  return {
    ...toPapersEntryView(row),
    pan_number: maskedLast4(row.panLast4),
    aadhaar_number: maskedLast4(row.aadhaarLast4),
    address_line1: row.addressLine1,
    address_line2: row.addressLine2,
    city: row.city,
    state: row.state,
    pincode: row.pincode,
    country: row.country,
    bank_name: row.bankName,
    account_number: maskedLast4(row.accountNumberLast4),
    ifsc_code: row.ifscCode,
    account_holder_name: row.accountHolderName,
    pan_document: fileAddress('pan_document'),
    aadhaar_front: fileAddress('aadhaar_front'),
    aadhaar_back: fileAddress('aadhaar_back'),
  }
}
