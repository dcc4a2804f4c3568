import { DomainError } from '@ev/domain'
import type { FileType } from '@ev/runtime'
import type { Request, RequestHandler, Response } from 'express'
import { fileTypeFromBuffer } from 'file-type'
import multer, { MulterError } from 'multer'
import { inTime } from './body-time.ts'
import { type FileFields, megabyte, type UploadedFile } from './file-field.ts'
import { requestState } from './request-context.ts'
import { forbiddenNames } from './strict-json.ts'
import type { UploadSlots } from './upload-slots.ts'
import { InvalidInput } from './validation.ts'

/** What a form may hold besides its files. */
const mostFields = 50
const fieldBytes = 10_000
const nameBytes = 100
const headersPerPart = 10
const spareBytes = 100_000

export function isMultipart(request: Request): boolean {
  return /^multipart\/form-data\s*(;|$)/i.test(request.headers['content-type'] ?? '')
}

/**
 * Reads a form with files of the declared fields into the request's state, once a turn to upload is free. Everything has a limit: the files
 * and their sizes, the parts, their headers, the texts, the whole, and the time. Refuses `request.too_large`, `request.timeout`,
 * `request.malformed`, `service.unavailable`, and as `validation.failed` a file that is not declared or not of a declared type.
 */
export function multipartReader(
  declared: FileFields,
  { slots, timeoutMs }: { slots: UploadSlots; timeoutMs: number },
): RequestHandler {
  const sizes = Object.values(declared).map(({ maxBytes }) => maxBytes)
  const mostBytes = sizes.reduce((sum, size) => sum + size, spareBytes)
  const parse = multer({
    storage: multer.memoryStorage(),
    defParamCharset: 'utf8',
    limits: {
      fileSize: Math.max(...sizes),
      files: sizes.length,
      fields: mostFields,
      parts: sizes.length + mostFields,
      fieldSize: fieldBytes,
      fieldNameSize: nameBytes,
      fieldNestingDepth: 0,
      headerPairs: headersPerPart,
    },
  }).fields(Object.keys(declared).map((name) => ({ name, maxCount: 1 })))
  const read = inTime(limited(parse, mostBytes), timeoutMs)

  return async (request, response, next) => {
    if (Number(request.headers['content-length'] ?? 0) > mostBytes) throw tooLarge(mostBytes)
    const giveBack = await slots.take(callerOf(request, response))
    response.once('close', giveBack)
    // Nobody waits for the answer any more, and the event above will not come again.
    if (response.closed) return giveBack()
    await new Promise<void>((resolve, reject) =>
      read(request, response, (error) => (error ? reject(error) : resolve())),
    )
    requestState(response).upload = {
      fields: textsOf(request.body),
      files: await filesOfForm(declared, request.files),
    }
    next()
  }
}

function callerOf(request: Request, response: Response): string {
  const { actor } = requestState(response)
  return actor ? `user:${actor.userId}` : `address:${request.ip ?? ''}`
}

/** Runs the parser until the body is longer than `mostBytes` in all; what still comes then is not kept. */
function limited(parse: RequestHandler, mostBytes: number): RequestHandler {
  return (request, response, next) => {
    let bytes = 0
    const count = (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= mostBytes) return
      request.unpipe()
      finish(tooLarge(mostBytes))
    }
    const finish = (error?: unknown) => {
      request.off('data', count)
      if (error) next(error)
      else next()
    }
    request.on('data', count)
    parse(request, response, (error) => finish(error && refusalFor(error)))
  }
}

/** What the parser's complaint is to the client. It knows no faults: its storage is memory. */
function refusalFor(error: unknown): DomainError {
  if (!(error instanceof MulterError)) return malformed('The form could not be read.')
  switch (error.code) {
    case 'LIMIT_FILE_SIZE':
    case 'LIMIT_PART_COUNT':
    case 'LIMIT_FILE_COUNT':
    case 'LIMIT_FIELD_COUNT':
    case 'LIMIT_FIELD_VALUE':
      return new DomainError('request.too_large', { reason: `${error.message}.` })
    case 'LIMIT_UNEXPECTED_FILE':
      return malformed('The form has a file that is not taken here, or two where one is taken.')
    default:
      return malformed('The form has a name that is not allowed.')
  }
}

/** A name that comes twice arrives as a list, and which of the two counts would depend on the reader. */
function textsOf(body: unknown): Record<string, string> {
  const entries = Object.entries(Object(body) as Record<string, unknown>)
  if (entries.some(([name]) => forbiddenNames.has(name))) throw malformed('The form has a name that is not allowed.')
  return Object.fromEntries(
    entries.map(([name, value]) => {
      if (typeof value !== 'string') throw malformed('The form names a field twice.')
      return [name, value]
    }),
  )
}

async function filesOfForm(declared: FileFields, sent: Request['files']): Promise<Record<string, UploadedFile>> {
  const files: Record<string, UploadedFile> = {}
  for (const [name, { accept, maxBytes }] of Object.entries(declared)) {
    const file = Array.isArray(sent) ? undefined : sent?.[name]?.[0]
    if (!file) continue
    if (file.size > maxBytes) throw tooLarge(maxBytes, name)
    const found = await typeOf(file.buffer)
    const contentType = accept.find((type) => type === found)
    if (!contentType) throw new InvalidInput({ [name]: [`Must be a file of the type ${namesOf(accept)}.`] })
    files[name] = { content: file.buffer, contentType }
  }
  return files
}

/** The type by the first bytes; undefined for what has no such mark, as HTML, SVG and scripts. */
async function typeOf(content: Buffer): Promise<string | undefined> {
  try {
    return (await fileTypeFromBuffer(content))?.mime
  } catch {
    return undefined
  }
}

function namesOf(types: readonly FileType[]): string {
  const names = types.map((type) => type.replace(/^.*\//, '').toUpperCase())
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}

function tooLarge(maxBytes: number, field?: string): DomainError {
  const reason = `At most ${Math.round((maxBytes / megabyte) * 10) / 10} MB are taken here.`
  return new DomainError('request.too_large', { reason }, field)
}

function malformed(reason: string): DomainError {
  return new DomainError('request.malformed', { reason })
}
