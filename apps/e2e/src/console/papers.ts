import { isAadhaar } from '@ev/domain'
import { type Joined, request } from '../members.ts'

/** A small grey card. */
const picture = Buffer.from(
  [
    'iVBORw0KGgoAAAANSUhEUgAAAEAAAAAoCAIAAADBrGu+AAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAPklEQVRYw+3PMQ0AAAgDsPlXysWBAjRwkjSpgaZ6XouAgICAgICA',
    'gICAgICAgICAgICAgICAgICAgICAwMUCjfTRliNiOUwAAAAASUVORK5CYII=',
  ].join(''),
  'base64',
)

/** Hands in a member's identity papers with pictures; each `n` has numbers of its own. */
export async function handInPapers({ url, token }: Joined, n: number): Promise<void> {
  const form = new FormData()
  const texts = {
    pan_number: `ABCPE${String(n).padStart(4, '0')}F`,
    aadhaar_number: aadhaarOf(n),
    address_line1: '12 MG Road',
    city: 'Pune',
    state: 'Maharashtra',
    pincode: '411001',
    bank_name: 'HDFC Bank',
    account_number: `5010012345${String(n).padStart(4, '0')}`,
    ifsc_code: 'HDFC0001234',
    account_holder_name: 'As on the papers',
  }
  for (const [name, text] of Object.entries(texts)) form.set(name, text)
  for (const name of ['pan_document', 'aadhaar_front', 'aadhaar_back']) {
    form.set(name, new Blob([picture], { type: 'image/png' }), `${name}.png`)
  }
  const response = await fetch(`${url}/api/v1/users/kyc/`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: form,
  })
  if (response.status !== 201) throw new Error(`The papers were answered ${response.status}: ${await response.text()}`)
}

export async function kycStatusOf({ url, token }: Joined): Promise<{ status: unknown; reason: unknown }> {
  const { status, rejection_reason } = await request(`${url}/api/v1/users/kyc/`, { token })
  return { status, reason: rejection_reason }
}

/** An Aadhaar number of eleven digits that depend on `n`, and the check digit that fits them. */
function aadhaarOf(n: number): string {
  const body = `2${String(n).padStart(10, '0')}`
  return body + [...'0123456789'].find((digit) => isAadhaar(body + digit))
}
