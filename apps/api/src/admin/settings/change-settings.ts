import { changeCompanySettings } from '@ev/application'
import type { Company } from '@ev/domain'
import { z } from 'zod'
import { defineRoute } from '../../define-route.ts'
import { textLine } from '../../http/index.ts'
import { readSettings, settingsView } from './settings.view.ts'

const settingsBody = z
  .strictObject({
    company_name: textLine(200),
    address_lines: z.array(textLine(200)).max(5),
    gstin: textLine(15).nullable(),
    tan: textLine(10).nullable(),
    pan: textLine(10).nullable(),
    support_email: z.email({ error: 'Must be an e-mail address.' }).max(254).nullable(),
    support_phone: textLine(20).nullable(),
    responsible_person: textLine(200).nullable(),
  })
  .partial()

/** Only what the body names. */
function toChange(body: z.output<typeof settingsBody>): Partial<Company> {
  const change: { [K in keyof Company]: Company[K] | undefined } = {
    name: body.company_name,
    addressLines: body.address_lines,
    gstin: body.gstin,
    tan: body.tan,
    pan: body.pan,
    email: body.support_email,
    phone: body.support_phone,
    responsiblePerson: body.responsible_person,
  }
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}

export const changeSettingsRoute = defineRoute({
  method: 'patch',
  path: '/admin/settings/',
  summary: "Change the operator's settings",
  description: 'Fields that are left out stay; null takes a fact back. Documents made from now on say the new ones.',
  access: 'admin',
  request: { body: settingsBody },
  response: { status: 200, body: settingsView },
  refusals: [],
  async handle(deps, { actor, body }) {
    await changeCompanySettings(deps, { actorId: actor.userId, change: toChange(body) })
    return readSettings(deps)
  },
})
