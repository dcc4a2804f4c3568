import { readFile, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { FileType } from '@ev/runtime'
import type { Media } from './write/take-files.ts'

/** No media folder: every file is missing. */
export const noMedia: Media = async () => null

/** The folder that the replaced platform's paths are relative to. A path that leads out of it, by a link as well, is missing. */
export async function mediaFolderOf(folder: string): Promise<Media> {
  const root = await realpath(folder)
  return async (path) => {
    const content = await readWithin(root, path)
    const contentType = content && typeOf(content)
    return content && contentType ? { content, contentType } : null
  }
}

async function readWithin(root: string, path: string): Promise<Buffer | null> {
  try {
    const file = await realpath(join(root, path))
    return file.startsWith(root + sep) ? await readFile(file) : null
  } catch {
    return null
  }
}

/** By the first bytes, never by the name. */
function typeOf(content: Buffer): FileType | null {
  const head = content.subarray(0, 12).toString('latin1')
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (head.startsWith('\x89PNG')) return 'image/png'
  if (head.startsWith('RIFF') && head.endsWith('WEBP')) return 'image/webp'
  return head.startsWith('%PDF-') ? 'application/pdf' : null
}
