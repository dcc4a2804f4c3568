import { DomainError } from '@ev/domain'
import type { FileType } from './file-store.ts'

export type ImageType = Extract<FileType, `image/${string}`>

export type CleanImage = {
  readonly content: Buffer
  readonly contentType: ImageType
  readonly width: number
  readonly height: number
}

/** 50 megapixels: more than any telephone's camera needs, and 200 MB while it is decoded. */
const mostPixels = 50_000_000
const timeoutSeconds = 20

/**
 * Makes a picture anew from its pixels, upright: what was hidden in the file or behind it (position, comments, scripts, a second file) is gone.
 * Scales it down until neither edge is longer than `maxEdge` pixels; `format` is the type to write. Refuses, as `validation.failed` on
 * `field`, a file that is no whole picture or has too many pixels.
 */
export async function cleanImage({
  content,
  format,
  maxEdge,
  field,
}: {
  content: Uint8Array
  format: ImageType
  maxEdge: number
  field: string
}): Promise<CleanImage> {
  // A native library of its own threads and caches; a process that never sees a picture does not load it.
  const { default: sharp } = await import('sharp')
  sharp.cache(false)
  try {
    const picture = sharp(content, { limitInputPixels: mostPixels, failOn: 'error', sequentialRead: true })
      .timeout({ seconds: timeoutSeconds })
      .autoOrient()
      .resize({ width: maxEdge, height: maxEdge, fit: 'inside', withoutEnlargement: true })
    const written =
      format === 'image/jpeg'
        ? picture.flatten({ background: 'white' }).jpeg({ quality: 85 })
        : format === 'image/png'
          ? picture.png()
          : picture.webp({ quality: 82 })
    const { data, info } = await written.toBuffer({ resolveWithObject: true })
    return { content: data, contentType: format, width: info.width, height: info.height }
  } catch (error) {
    if (!isDefectOfThePicture(error)) throw error
    throw new DomainError(
      'validation.failed',
      { reason: 'This picture cannot be used: it is damaged or too large.' },
      field,
    )
  }
}

/** The library says what is wrong with a picture only in words; running out of memory or a missing file of its own is a fault. */
function isDefectOfThePicture(error: unknown): boolean {
  return error instanceof Error && !/memory|no such file|module/i.test(error.message)
}
