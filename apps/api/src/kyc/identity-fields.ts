import { isAadhaar, isAccountNumber, isIfsc, isPan, isPincode, reviewStatuses } from '@ev/domain'
import type { StoredFile } from '@ev/runtime'
import { z } from 'zod'
import { anyText } from '../fields.ts'
import { type Download, entityId, fileField, megabyte, orderingQuery, pageQuery, textLine } from '../http/index.ts'

export const panNumber = textLine(20).refine(isPan, { error: 'Must be a PAN, like ABCPE1234F.' })

export const aadhaarNumber = textLine(20).refine(isAadhaar, {
  error: 'Must be an Aadhaar number of twelve digits without spaces.',
})

export const accountNumber = textLine(30).refine(isAccountNumber, {
  error: 'Must be an account number of 9 to 18 digits.',
})

export const ifscCode = textLine(20).refine(isIfsc, { error: 'Must be an IFSC, like HDFC0001234.' })

/** A field that may be left out; forms send it empty. */
export const unlessBlank = <T extends z.ZodType>(field: T) =>
  z.preprocess((input) => (input === '' ? null : input), field.nullish())

const orEmpty = (text: string | undefined): string => text ?? ''

/** An address that may be left out; what is given is checked. */
export const addressFields = {
  address_line1: anyText(255).optional().transform(orEmpty),
  address_line2: anyText(255).optional().transform(orEmpty),
  city: anyText(100).optional().transform(orEmpty),
  state: anyText(100).optional().transform(orEmpty),
  pincode: anyText(10)
    .refine((text) => text === '' || isPincode(text), { error: 'Must be six digits, the first not 0.' })
    .optional()
    .transform(orEmpty),
}

/** What identity papers may be: a picture or a scan. */
export const paperTypes = ['image/jpeg', 'image/png', 'application/pdf'] as const

/** A picture or scan of an identity document, which may be left out. */
export const paperField = fileField({ accept: paperTypes, maxBytes: 5 * megabyte })

const endings: Readonly<Record<string, string>> = { 'image/jpeg': 'jpg', 'image/png': 'png', 'application/pdf': 'pdf' }

/** A stored paper as an attachment under a name that the server makes. */
export function paperDownload({ content, contentType }: StoredFile, { name }: { name: string }): Download {
  return { content, contentType, filename: `${name}.${endings[contentType] ?? 'bin'}` }
}

/** The queue of papers for those who review them; members have one object here and their query is not looked at. */
export const papersQuery = pageQuery.extend({
  status: z.enum(reviewStatuses).optional(),
  user: entityId.optional(),
  ordering: orderingQuery({ fields: ['id', 'submitted_at'], initial: 'id' }),
})

export const rejectionBody = z.object({ reason: textLine(900) })

/** A number of which only the last four characters are known outside, or null. */
export const maskedLast4 = (last4: string | null): string | null => (last4 === null ? null : `XXXXXX${last4}`)
