import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { Described } from '../../http/documentation/document-extras.ts'
import type { RandomRequest, Sender } from './arbitrary-request.ts'

/** A request whose answer the document does not allow. */
export type Breach = { readonly request: string; readonly answer: string; readonly because: string }

/**
 * Sends a request and holds its answer against the document: a declared status below 500, a declared media type, and a JSON body that fits
 * the declared schema. Answers null when all is well.
 */
export function requestRunner({
  document,
  baseUrl,
  authorization,
}: {
  document: Described
  baseUrl: string
  authorization: (sender: Sender) => string | null
}): (request: RandomRequest) => Promise<{ status: number; breach: Breach | null }> {
  const ajv = new Ajv2020({ strict: false, validateFormats: true })
  addFormats.default(ajv)
  ajv.addSchema({ $id: 'api', components: document.components })
  const validators = new Map<string, (body: unknown) => boolean>()
  const validator = (key: string, schema: unknown) => {
    const known = validators.get(key)
    if (known) return known
    const made = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"api#/components')))
    validators.set(key, made)
    return made
  }

  return async (request) => {
    const response = await fetch(`${baseUrl}${request.path}${request.query}`, {
      method: request.method.toUpperCase(),
      redirect: 'manual',
      ...bodyOf(request, authorization(request.sender)),
    })
    const { status } = response
    const type = (response.headers.get('content-type') ?? '').split(';', 1)[0] ?? ''
    const text = type === 'text/event-stream' ? '' : await response.text()
    if (type === 'text/event-stream') await response.body?.cancel()
    const breach = (because: string): { status: number; breach: Breach } => ({
      status,
      breach: { request: shown(request), answer: `${status} ${type} ${text.slice(0, 600)}`, because },
    })

    if (status >= 500) return breach('a fault')
    const isOutsideRoute = status === 404 && text.includes('"request.not_found"')
    const declared = request.operation.responses[String(status)]
    if (!declared) return isOutsideRoute ? { status, breach: null } : breach('the status is not declared')
    const content = declared.content?.[type]
    if (!content) return text === '' ? { status, breach: null } : breach('the media type is not declared')
    if (!/json$/.test(type) || !content.schema) return { status, breach: null }
    const isFit = validator(`${request.method} ${request.template} ${status} ${type}`, content.schema)
    return isFit(JSON.parse(text)) ? { status, breach: null } : breach('the body does not fit its schema')
  }
}

function bodyOf({ body, headers, method }: RandomRequest, authorization: string | null) {
  const sent: Record<string, string> = { ...headers, ...(authorization !== null && { authorization }) }
  if (method === 'get' || body.kind === 'none') return { headers: sent }
  if (body.kind === 'text') return { headers: { ...sent, 'content-type': body.type }, body: body.text }
  const form = new FormData()
  for (const [name, value] of body.fields) {
    if (typeof value === 'string') form.append(name, value)
    else form.append(name, new Blob([value as Uint8Array<ArrayBuffer>]), 'picture.png')
  }
  return { headers: sent, body: form }
}

function shown({ method, path, query, sender, body }: RandomRequest): string {
  const sentBody = body.kind === 'text' ? ` ${body.type} ${body.text.slice(0, 600)}` : ` ${body.kind}`
  return `${sender}: ${method.toUpperCase()} ${path}${query}${sentBody}`
}
