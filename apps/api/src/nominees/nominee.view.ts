import type { nominees } from '@ev/db'
import { z } from 'zod'
import { maskedLast4 } from '../kyc/identity-fields.ts'
import { papersEntryView, toPapersEntryView } from '../kyc/kyc.view.ts'

/** A nominee. The number of the identity document shows its last four characters only. */
export const nomineeView = papersEntryView.extend({
  full_name: z.string(),
  relationship: z.string(),
  date_of_birth: z.string(),
  mobile: z.string(),
  email: z.string().nullable(),
  address_line1: z.string(),
  address_line2: z.string(),
  city: z.string(),
  state: z.string(),
  pincode: z.string(),
  id_proof_type: z.string().nullable(),
  id_proof_number: z.string().nullable(),
  id_proof_document: z.string().nullable(),
})

export function toNomineeView(row: nominees.NomineeRow): z.output<typeof nomineeView> {
  return {
    ...toPapersEntryView(row),
    full_name: row.fullName,
    relationship: row.relationship,
    date_of_birth: row.dateOfBirth,
    mobile: row.mobile,
    email: row.email,
    address_line1: row.addressLine1,
    address_line2: row.addressLine2,
    city: row.city,
    state: row.state,
    pincode: row.pincode,
    id_proof_type: row.idProofType,
    id_proof_number: maskedLast4(row.idProofNumberLast4),
    id_proof_document: row.idProofDocument && `/api/v1/users/nominee/${row.id}/files/id_proof_document/`,
  }
}
