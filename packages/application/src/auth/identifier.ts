import type { users } from '@ev/db'
import { DomainError, parseMobile } from '@ev/domain'

export type IdentifierType = 'email' | 'mobile'

/** An e-mail address or mobile number in the one form in which it is stored and compared. */
export type Identifier = { readonly type: IdentifierType; readonly value: string }

/** ASCII only: letters that look or sort alike must not make two texts one address. */
const emailPattern = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/

/** Lower-cases an e-mail address, writes a mobile number as +91…; refuses with `validation.failed` on `field`. */
export function parseIdentifier({
  type,
  text,
  field = 'identifier',
}: {
  type: IdentifierType
  text: string
  field?: string
}): Identifier {
  if (type === 'mobile') return { type, value: parseMobile(text.replace(/[\s-]/g, ''), field) }
  // Only A to Z are lowered: other alphabets have letters that become ASCII when lowered.
  const value = text.trim().replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
  if (value.length > 254 || !emailPattern.test(value)) {
    throw new DomainError('validation.failed', { reason: 'An e-mail address is expected.' }, field)
  }
  return { type, value }
}

export const asUserKey = ({ type, value }: Identifier): users.Identifier =>
  type === 'email' ? { email: value } : { mobile: value }
