import { createHash } from 'node:crypto'
import type { FileType } from '@ev/runtime'
import { type FieldErrors, InvalidInput } from './validation.ts'

/** A file that a route takes in a field of a form. `maxBytes` counts the file alone. */
export type FileField<IsRequired extends boolean = boolean> = {
  readonly accept: readonly FileType[]
  readonly maxBytes: number
  readonly isRequired: IsRequired
}
export type FileFields = Readonly<Record<string, FileField>>

/** A file as it was sent, in memory. Its type is read from its content; the client's name and type for it are never kept. */
export type UploadedFile = { readonly content: Buffer; readonly contentType: FileType }

/** A form as it was sent: its texts as they are, its files by declared field. */
export type Upload = {
  readonly fields: Readonly<Record<string, string>>
  readonly files: Readonly<Record<string, UploadedFile>>
}

/** What a handler gets for the declared fields: a file, or null where an optional one was left out. */
export type FilesOf<F> = F extends FileFields
  ? { readonly [N in keyof F]: F[N] extends FileField<true> ? UploadedFile : UploadedFile | null }
  : Record<never, never>

/** Declares a file of a form: `files: { image: fileField({ accept: ['image/png'], maxBytes: 5 * megabyte, isRequired: true }) }`. */
export function fileField<const IsRequired extends boolean = false>(field: {
  accept: readonly FileType[]
  maxBytes: number
  isRequired?: IsRequired
}): FileField<IsRequired> {
  const { accept, maxBytes, isRequired = false } = field
  return { accept, maxBytes, isRequired: isRequired as IsRequired }
}

export const megabyte = 1_000_000

/** The files of one request by field. Refuses `validation.failed`, naming each required one that is missing. */
export function filesOf(
  declared: FileFields | undefined,
  sent: Readonly<Record<string, UploadedFile>>,
): Record<string, UploadedFile | null> {
  const fields = Object.entries(declared ?? {})
  const missing = fields.filter(([name, { isRequired }]) => isRequired && sent[name] === undefined)
  if (missing.length > 0) {
    const errors: FieldErrors = Object.fromEntries(missing.map(([name]) => [name, ['This field is required.']]))
    throw new InvalidInput(errors)
  }
  return Object.fromEntries(fields.map(([name]) => [name, sent[name] ?? null]))
}

/** Stands for the files where inputs are compared: the same files have the same digests. */
export function fileDigests(files: Readonly<Record<string, UploadedFile | null>>): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(files).map(([name, file]) => [
      name,
      file && createHash('sha256').update(file.contentType).update('\n').update(file.content).digest('hex'),
    ]),
  )
}
