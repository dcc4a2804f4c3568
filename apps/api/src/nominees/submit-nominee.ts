import { submitNominee } from '@ev/application'
import { idProofTypes, isIdProofNumber, isMobile, parseMobile } from '@ev/domain'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { calendarDate, reply, textLine } from '../http/index.ts'
import { addressFields, paperField, unlessBlank } from '../kyc/identity-fields.ts'
import { nomineeView, toNomineeView } from './nominee.view.ts'

const nomineeBody = z
  .object({
    full_name: textLine(200),
    relationship: textLine(20),
    date_of_birth: calendarDate,
    mobile: textLine(20)
      .refine(isMobile, { error: 'Must be an Indian mobile number of ten digits.' })
      .transform((text) => parseMobile(text)),
    email: unlessBlank(z.email({ error: 'Must be an e-mail address.' }).max(254).toLowerCase()),
    ...addressFields,
    id_proof_type: unlessBlank(z.enum(idProofTypes)),
    id_proof_number: unlessBlank(textLine(20)),
  })
  .superRefine(({ id_proof_type: type, id_proof_number: number }, context) => {
    if (type && number && !isIdProofNumber(type, number)) {
      const message = `Must be a number of the type ${type}, in capitals.`
      context.addIssue({ code: 'custom', path: ['id_proof_number'], message })
    } else if (Boolean(type) !== Boolean(number)) {
      const path = [type ? 'id_proof_number' : 'id_proof_type']
      context.addIssue({ code: 'custom', path, message: 'An identity document needs both its type and its number.' })
    }
  })

function idProofOf({ id_proof_type: type, id_proof_number: number }: z.output<typeof nomineeBody>) {
  return type && number ? { type, number } : null
}

export const submitNomineeRoute = defineRoute({
  method: 'post',
  path: '/users/nominee/',
  summary: 'Name your nominee',
  description: [
    'Answers 201 the first time and 200 when a nominee who is not approved is replaced as a whole, document included.',
    'JSON, or a form with a picture or scan of the identity document.',
    'The nominee must not be yourself: another mobile number, e-mail address and identity number.',
  ].join(' '),
  access: 'member',
  request: { body: nomineeBody, files: { id_proof_document: paperField } },
  response: [
    { status: 201, body: nomineeView, description: 'Named.' },
    { status: 200, body: nomineeView, description: 'Replaced.' },
  ],
  refusals: ['nominee.read_only', 'nominee.is_member'],
  async handle(deps, { actor, body, files }) {
    const { row, isFirst } = await submitNominee(deps, {
      actor,
      fullName: body.full_name,
      relationship: body.relationship,
      dateOfBirth: body.date_of_birth,
      mobile: body.mobile,
      email: body.email ?? null,
      address: {
        addressLine1: body.address_line1,
        addressLine2: body.address_line2,
        city: body.city,
        state: body.state,
        pincode: body.pincode,
      },
      idProof: idProofOf(body),
      idProofDocument: files.id_proof_document,
    })
    return isFirst ? reply(201, toNomineeView(row)) : reply(200, toNomineeView(row))
  },
})
