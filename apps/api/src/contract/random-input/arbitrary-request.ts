import fc from 'fast-check'
import type { Described, Operation } from '../../http/documentation/document-extras.ts'
import { arbitraryValue } from './arbitrary-value.ts'

/** Who sends a request; `forged` comes with a token of no one. */
export const senders = ['nobody', 'forged', 'member', 'other', 'staff', 'admin'] as const
export type Sender = (typeof senders)[number]

export type RandomRequest = {
  readonly method: string
  /** The path as the document writes it. */
  readonly template: string
  readonly path: string
  readonly query: string
  readonly sender: Sender
  readonly headers: Readonly<Record<string, string>>
  readonly body: RequestBody
  readonly operation: Operation
}

export type RequestBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly type: string; readonly text: string }
  | { readonly kind: 'form'; readonly fields: readonly (readonly [string, string | Uint8Array])[] }

/** Requests to one operation: declared parameters and body with random values, sometimes with a defect of form. */
export function arbitraryRequest(
  document: Described,
  { template, method, operation }: { template: string; method: string; operation: Operation },
): fc.Arbitrary<RandomRequest> {
  const named = document.components?.schemas ?? {}
  const parameters = operation.parameters ?? []
  const value = (where: string) =>
    fc.record(
      Object.fromEntries(
        parameters
          .filter((each) => each.in === where)
          .map(({ name, schema }) => [name, arbitraryValue(schema, named, name)]),
      ),
    )
  const optional = (where: string) =>
    value(where).chain((all) => {
      const names = Object.keys(all)
      return fc.subarray(names).map((chosen) => Object.fromEntries(chosen.map((name) => [name, all[name]])))
    })
  return fc
    .record({
      params: value('path'),
      query: optional('query'),
      headers: optional('header'),
      sender: fc.constantFrom(...senders, 'member', 'admin', 'admin'),
      body: arbitraryBody(operation, named),
    })
    .map(({ params, query, headers, sender, body }) => ({
      method,
      template,
      path: template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(asText(params[name])) || '%20'),
      query: queryOf(query),
      sender,
      headers: safeHeaders(headers),
      body,
      operation,
    }))
}

function arbitraryBody(
  { requestBody }: Operation,
  named: Parameters<typeof arbitraryValue>[1],
): fc.Arbitrary<RequestBody> {
  const json = requestBody?.content['application/json']?.schema
  const form = requestBody?.content['multipart/form-data']?.schema
  const nothing = fc.constant<RequestBody>({ kind: 'none' })
  const broken = fc.constantFrom<RequestBody>(
    { kind: 'text', type: 'application/json', text: '{"amount":' },
    { kind: 'text', type: 'application/json', text: '['.repeat(2_000) },
    { kind: 'text', type: 'application/json', text: '{"amount":1e309}' },
    { kind: 'text', type: 'application/json', text: '{"amount":1,"amount":2}' },
    { kind: 'text', type: 'application/json', text: '{"__proto__":{"role":"admin"}}' },
    { kind: 'text', type: 'text/plain', text: 'hello' },
    { kind: 'text', type: 'multipart/form-data; boundary=x', text: '--x\r\nnot a part' },
    { kind: 'text', type: 'application/x-www-form-urlencoded', text: 'amount=1' },
  )
  const asJson =
    json &&
    arbitraryValue(json, named).map(
      (body): RequestBody => ({
        kind: 'text',
        type: 'application/json',
        text: JSON.stringify(body),
      }),
    )
  const asForm =
    form && arbitraryValue(form, named).map((body): RequestBody => ({ kind: 'form', fields: formFields(body) }))
  return fc.oneof(
    { weight: 1, arbitrary: nothing },
    { weight: 1, arbitrary: broken },
    ...(asJson ? [{ weight: 20, arbitrary: asJson }] : []),
    ...(asForm ? [{ weight: 20, arbitrary: asForm }] : []),
    ...(asJson || asForm ? [] : [{ weight: 20, arbitrary: nothing }]),
  )
}

/** The smallest picture that there is, and things that only claim to be files. */
const png = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
)

function formFields(body: unknown): (readonly [string, string | Uint8Array])[] {
  return Object.entries(Object(body)).map(([name, value]) =>
    value === '(file)' ? ([name, png] as const) : ([name, asText(value)] as const),
  )
}

function asText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  // Half a surrogate pair has no form on the wire.
  return Buffer.from(text ?? '', 'utf8')
    .toString('utf8')
    .slice(0, 4_000)
}

function queryOf(query: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(query).map(([name, value]) => [name, asText(value)] as [string, string])
  return entries.length === 0 ? '' : `?${new URLSearchParams(entries)}`
}

/** What can be sent as a header at all; the rest is the HTTP client's to refuse. */
function safeHeaders(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      const text = asText(value)
      return /^[\x20-\x7e]*$/.test(text) && text.trim() !== '' ? [[name, text.trim().slice(0, 300)]] : []
    }),
  )
}
