import { companyKey, toCompany } from '@ev/application'
import { settings } from '@ev/db'
import { z } from 'zod'
import type { ApiDeps } from '../../define-route.ts'
import { instant } from '../../http/index.ts'

export const settingsView = z
  .object({
    company_name: z.string(),
    address_lines: z.array(z.string()),
    gstin: z.string().nullable(),
    tan: z.string().nullable(),
    pan: z.string().nullable(),
    support_email: z.string().nullable(),
    support_phone: z.string().nullable(),
    responsible_person: z.string().nullable(),
    updated_at: instant.nullable().meta({ description: 'Null until someone has stated them.' }),
    updated_by: z.int().nullable(),
  })
  .meta({ id: 'Settings' })

/** Reads the operator's settings as they stand. */
export async function readSettings({ db }: Pick<ApiDeps, 'db'>): Promise<z.output<typeof settingsView>> {
  const stored = await settings.find(db.read, companyKey)
  const company = toCompany(stored?.value)
  return {
    company_name: company.name,
    address_lines: [...company.addressLines],
    gstin: company.gstin,
    tan: company.tan,
    pan: company.pan,
    support_email: company.email,
    support_phone: company.phone,
    responsible_person: company.responsiblePerson,
    updated_at: stored?.updatedAt ?? null,
    updated_by: stored?.updatedById ?? null,
  }
}
