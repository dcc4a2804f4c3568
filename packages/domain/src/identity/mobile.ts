import { DomainError } from '../errors.ts'

const mobilePattern = /^(?:\+91)?([6-9][0-9]{9})$/

/** Whether the text is an Indian mobile number: ten digits from 6 to 9, with or without +91. */
export function isMobile(text: string): boolean {
  return mobilePattern.test(text)
}

/** The number in E.164, `+919876543210`. Refuses with `validation.failed` naming `field`. */
export function parseMobile(text: string, field = 'mobile'): string {
  const digits = mobilePattern.exec(text)?.[1]
  if (digits === undefined) {
    throw new DomainError('validation.failed', { reason: 'An Indian mobile number of ten digits is expected.' }, field)
  }
  return `+91${digits}`
}
