import type { takeOver } from '@ev/db'
import { isDomainError } from '@ev/domain'
import { cleanDocument, cleanImage, type FileType, newFileKey } from '@ev/runtime'
import type { Deps } from '../../deps.ts'
import { pictureEdge, pictureFormat, thumbnailEdge } from '../../inventory/add-vehicle-image.ts'
import type { ImageDraft } from '../decide/catalogue.ts'
import type { DocumentDraft } from '../decide/correspondence.ts'

/** The media folder of the replaced platform. Null for a path that is not in it, or whose file is of no kind that is kept. */
export type Media = (path: string) => Promise<{ readonly content: Buffer; readonly contentType: FileType } | null>

/** Files as they are stored: their keys by column, null for one that was missing. */
export type KeptFiles<Draft extends { files: unknown }> = { readonly [Column in keyof Draft['files']]: string | null }

type Storing = Pick<Deps, 'files' | 'ids'>
type Kept = { readonly key: string; readonly contentType: FileType; readonly sizeBytes: number }

/** Cleans a file as an upload is cleaned and stores it under a new key; null when it is missing or cannot be kept. */
export async function takeDocument(
  { files, ids }: Storing,
  media: Media,
  { path, folder }: { path: string | null; folder: string },
): Promise<Kept | null> {
  const clean = await cleaned(media, path, (file) => cleanDocument(file, { field: 'file' }))
  if (clean === null) return null
  const { content, contentType } = clean
  const key = newFileKey({ folder, contentType, ids })
  await files.put({ key, content, contentType })
  return { key, contentType, sizeBytes: content.length }
}

export async function takeDocumentRow(
  deps: Storing,
  media: Media,
  { row, path }: DocumentDraft,
): Promise<takeOver.NewRows['documents'] | null> {
  const kept = await takeDocument(deps, media, { path, folder: 'documents' })
  return kept && { ...row, fileKey: kept.key, contentType: kept.contentType, sizeBytes: kept.sizeBytes }
}

/** A vehicle's picture made anew in the two sizes that the catalogue shows. */
export async function takeImageRow(
  { files, ids }: Storing,
  media: Media,
  { row, path }: ImageDraft,
): Promise<takeOver.NewRows['vehicleImages'] | null> {
  const make = (content: Buffer, maxEdge: number) =>
    cleanImage({ content, format: pictureFormat, maxEdge, field: 'image' })
  const picture = await cleaned(media, path, ({ content }) => make(content, pictureEdge))
  if (picture === null) return null
  const thumbnail = await make(picture.content, thumbnailEdge)
  const fileKey = newFileKey({ folder: 'vehicles', contentType: pictureFormat, ids })
  const thumbnailKey = newFileKey({ folder: 'vehicles/small', contentType: pictureFormat, ids })
  await files.put({ key: fileKey, content: picture.content, contentType: pictureFormat })
  await files.put({ key: thumbnailKey, content: thumbnail.content, contentType: pictureFormat })
  const { width, height } = picture
  return { ...row, fileKey, thumbnailKey, contentType: pictureFormat, width, height }
}

async function cleaned<T>(
  media: Media,
  path: string | null,
  clean: (file: { content: Buffer; contentType: FileType }) => Promise<T>,
): Promise<T | null> {
  const file = path ? await media(path) : null
  if (file === null) return null
  try {
    return await clean(file)
  } catch (error) {
    if (isDomainError(error)) return null
    throw error
  }
}
