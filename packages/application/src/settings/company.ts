import { type Reader, settings, type Tx } from '@ev/db'
import { type Company, unnamedCompany } from '@ev/domain'
import { z } from 'zod'

/** The setting that holds the facts of the company. */
export const companyKey = 'company'

const text = z.string().nullable().default(null)

/** A fact that a stored setting does not state is that of an unnamed company. */
const storedCompany = z.object({
  name: z.string().default(unnamedCompany.name),
  addressLines: z.array(z.string()).default([]),
  gstin: text,
  tan: text,
  pan: text,
  email: text,
  phone: text,
  responsiblePerson: text,
})

/** The facts of the company out of a stored setting. */
export function toCompany(value: unknown): Company {
  return storedCompany.parse(value ?? {})
}

/** The company that documents and mails speak for, as the operator has stated it so far. */
export async function companyOf(reader: Reader | Tx): Promise<Company> {
  return toCompany((await settings.find(reader, companyKey))?.value)
}
