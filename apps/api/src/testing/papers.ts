import { isAadhaar } from '@ev/domain'

const digits = '0123456789'

/** An Aadhaar number of eleven digits that depend on `n`, and the check digit that fits them. */
function aadhaarOf(n: number): string {
  const body = `2${String(n).padStart(10, '0')}`
  return body + [...digits].find((digit) => isAadhaar(body + digit))
}

/** Identity papers as a client sends them; each `n` has numbers of its own. */
export function papersOf(n: number, changes: object = {}) {
  return {
    pan_number: `ABCPE${String(n).padStart(4, '0')}F`,
    aadhaar_number: aadhaarOf(n),
    address_line1: '12 MG Road',
    city: 'Pune',
    state: 'Maharashtra',
    pincode: '411001',
    bank_name: 'HDFC Bank',
    account_number: `5010012345${String(n).padStart(4, '0')}`,
    ifsc_code: 'HDFC0001234',
    account_holder_name: 'Asha Rao',
    ...changes,
  }
}

/** A nominee as a client sends one; each `n` has a mobile and a PAN of their own. */
export function nomineeOf(n: number, changes: object = {}) {
  return {
    full_name: 'Ravi Rao',
    relationship: 'spouse',
    date_of_birth: '1990-05-01',
    mobile: `98${String(n).padStart(8, '0')}`,
    email: `nominee${n}@example.org`,
    city: 'Pune',
    id_proof_type: 'pan',
    id_proof_number: `XYZPR${String(n).padStart(4, '0')}K`,
    ...changes,
  }
}

/** The smallest picture: one pixel. */
export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** A whole PDF of next to nothing; `inside` makes it differ. */
export const pdf = (inside = '') => Buffer.from(`%PDF-1.7\n1 0 obj<<${inside}>>endobj\nstartxref\n9\n%%EOF\n`, 'latin1')
