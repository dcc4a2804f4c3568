import { submitKyc } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { anyText } from '../fields.ts'
import { reply, textLine } from '../http/index.ts'
import {
  aadhaarNumber,
  accountNumber,
  addressFields,
  ifscCode,
  panNumber,
  paperField,
  unlessBlank,
} from './identity-fields.ts'
import { kycView, toKycView } from './kyc.view.ts'

const bankFields = ['bank_name', 'account_number', 'ifsc_code', 'account_holder_name'] as const

const kycBody = z
  .object({
    pan_number: panNumber,
    aadhaar_number: aadhaarNumber,
    ...addressFields,
    country: anyText(100).default('India'),
    bank_name: unlessBlank(textLine(200)),
    account_number: unlessBlank(accountNumber),
    ifsc_code: unlessBlank(ifscCode),
    account_holder_name: unlessBlank(textLine(200)),
  })
  .superRefine((body, context) => {
    const missing = bankFields.filter((name) => !body[name])
    if (missing.length === bankFields.length) return
    for (const name of missing) {
      context.addIssue({ code: 'custom', path: [name], message: 'A bank account needs all of its fields, or none.' })
    }
  })

type KycBody = z.output<typeof kycBody>

function bankAccountOf({ bank_name, account_number, ifsc_code, account_holder_name }: KycBody) {
  if (!bank_name || !account_number || !ifsc_code || !account_holder_name) return null
  return {
    bankName: bank_name,
    accountNumber: account_number,
    ifscCode: ifsc_code,
    accountHolderName: account_holder_name,
  }
}

export const submitKycRoute = defineRoute({
  method: 'post',
  path: '/users/kyc/',
  summary: 'Submit your identity papers',
  description: [
    'Answers 201 the first time and 200 when they are submitted again after a rejection.',
    'JSON, or a form with pictures or scans; a file that is left out when papers are submitted again stays as it was.',
    'The address and the bank account may be left out; of a bank account all four fields are needed.',
  ].join(' '),
  access: 'member',
  request: {
    body: kycBody,
    files: { pan_document: paperField, aadhaar_front: paperField, aadhaar_back: paperField },
  },
  response: [
    { status: 201, body: kycView, description: 'Submitted.' },
    { status: 200, body: kycView, description: 'Submitted again.' },
  ],
  refusals: ['kyc.read_only', 'kyc.transition_refused', 'kyc.number_taken'],
  async handle(deps, { actor, body, files }) {
    const { row, isFirst } = await submitKyc(deps, {
      actor,
      panNumber: body.pan_number,
      aadhaarNumber: body.aadhaar_number,
      address: {
        addressLine1: body.address_line1,
        addressLine2: body.address_line2,
        city: body.city,
        state: body.state,
        pincode: body.pincode,
        country: body.country,
      },
      bankAccount: bankAccountOf(body),
      files,
    })
    return isFirst ? reply(201, toKycView(row)) : reply(200, toKycView(row))
  },
})
