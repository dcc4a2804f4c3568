import { DomainError } from '@ev/domain'

const head = /^%PDF-(?:1\.[0-7]|2\.0)[\r\n ]/
const tail = /startxref\s+\d+\s+%%EOF\s*$/
const tailLength = 1_024
/** What can act when the document is opened, or be hidden in it. A scanned card or a letter has none of these. */
const forbidden = ['/JavaScript', '/Launch', '/EmbeddedFile']

/**
 * Refuses, as `validation.failed` on `field`, what is no whole PDF document by its first and last bytes (so nothing stands before or behind it),
 * and one that openly carries scripts, commands or other files.
 */
export function checkPdf({ content, field }: { content: Uint8Array; field: string }): void {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  const isWhole = head.test(bytes.toString('latin1', 0, 9)) && tail.test(bytes.subarray(-tailLength).toString('latin1'))
  if (!isWhole) throw new DomainError('validation.failed', { reason: 'This is not a whole PDF document.' }, field)
  if (forbidden.some((name) => bytes.includes(name, 0, 'latin1'))) {
    throw new DomainError(
      'validation.failed',
      { reason: 'A PDF with scripts or other files in it is not taken.' },
      field,
    )
  }
}
