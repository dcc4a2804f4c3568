import { checkPdf } from './check-pdf.ts'
import { cleanImage } from './clean-image.ts'
import type { FileType } from './file-store.ts'

/** The longest edge of a scanned document, in pixels: A4 at 400 dots an inch, so that the print stays readable. */
const documentEdge = 4_700

/**
 * An uploaded document as it may be kept: a picture made anew, a PDF as it is after its check. Refuses others as `validation.failed` on
 * `field`, the name of the form's field.
 */
export async function cleanDocument(
  { content, contentType }: { content: Buffer; contentType: FileType },
  { field }: { field: string },
): Promise<{ content: Buffer; contentType: FileType }> {
  if (contentType === 'application/pdf') {
    checkPdf({ content, field })
    return { content, contentType }
  }
  return cleanImage({ content, format: contentType, maxEdge: documentEdge, field })
}
