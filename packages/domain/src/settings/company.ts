import { DomainError } from '../errors.ts'
import { isGstin } from '../identity/gstin.ts'
import { isPan } from '../identity/pan.ts'
import { isTan } from '../identity/tan.ts'

/** Who runs the platform, as its documents say. What the operator has not stated yet is null. */
export type Company = {
  readonly name: string
  readonly addressLines: readonly string[]
  readonly gstin: string | null
  /** The number under which tax is deducted, and the one of the company itself. */
  readonly tan: string | null
  readonly pan: string | null
  readonly email: string | null
  readonly phone: string | null
  /** Who signs certificates of deducted tax: name and office in one line. */
  readonly responsiblePerson: string | null
}

/** What documents say until the operator has stated the facts. */
export const unnamedCompany: Company = {
  name: 'EV Distribution',
  addressLines: [],
  gstin: null,
  tan: null,
  pan: null,
  email: null,
  phone: null,
  responsiblePerson: null,
}

const phonePattern = /^\+?[0-9](?:[ -]?[0-9]){7,14}$/

/**
 * The company after a change of some facts. Refuses with `validation.failed`, naming the field, a number that is not well formed
 * and a GSTIN that was given to another PAN.
 */
export function changeCompany(company: Company, change: Partial<Company>): Company {
  const changed = { ...company, ...change }
  const { gstin, tan, pan, phone } = changed
  if (gstin !== null && !isGstin(gstin))
    throw refused('gstin', 'A GSTIN of 15 characters with its check digit is expected.')
  if (tan !== null && !isTan(tan)) throw refused('tan', 'A TAN is expected: four letters, five digits, a letter.')
  if (pan !== null && !isPan(pan)) throw refused('pan', 'A PAN is expected.')
  if (gstin !== null && pan !== null && gstin.slice(2, 12) !== pan)
    throw refused('gstin', 'The GSTIN holds another PAN.')
  if (phone !== null && !phonePattern.test(phone)) throw refused('support_phone', 'A telephone number is expected.')
  return changed
}

function refused(field: string, reason: string): DomainError {
  return new DomainError('validation.failed', { reason }, field)
}
