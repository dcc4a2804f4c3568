import { glossary } from './glossary.ts'
import { type JsonSchema, kindOf, type NamedSchemas, resolved } from './json-schema.ts'

/** From here on what may be null is, so that a tree ends. */
const deepestTree = 3
const deepest = 8

/**
 * A value that fits `schema`, for people to read and to send: the schema's own example where it has one, else what the glossary shows for
 * a field of this name, else the plainest value of its type. A tree ends after a few levels.
 */
export function exampleOf(schema: JsonSchema, named: NamedSchemas, name = '', depth = 0): unknown {
  const whole = resolved(schema, named)
  if (whole.const !== undefined) return whole.const
  if (whole.examples?.[0] !== undefined && !isObjectOrList(whole)) return fromGlossary(whole, name) ?? whole.examples[0]
  if (whole.default !== undefined) return whole.default
  if (whole.enum) return whole.enum[0]
  const choice = whole.anyOf ?? whole.oneOf
  if (choice) return exampleOfChoice(choice, named, name, depth)
  switch (kindOf(whole)) {
    case 'object':
      return exampleOfObject(whole, named, depth)
    case 'array':
      return exampleOfList(whole, named, name, depth)
    case 'string':
      return fromGlossary(whole, name) ?? plainText(whole)
    case 'integer':
    case 'number':
      return fromGlossary(whole, name) ?? Math.max(whole.minimum ?? 1, 1)
    case 'boolean':
      return fromGlossary(whole, name) ?? true
    default:
      return null
  }
}

function isObjectOrList(schema: JsonSchema): boolean {
  const kind = kindOf(schema)
  return kind === 'object' || kind === 'array'
}

function exampleOfChoice(choice: readonly JsonSchema[], named: NamedSchemas, name: string, depth: number): unknown {
  const isReference = choice.some(({ $ref }) => $ref !== undefined)
  if (isReference && depth >= deepestTree && choice.some(({ type }) => type === 'null')) return null
  const first = choice.find(({ type }) => type !== 'null') ?? choice[0]
  return first ? exampleOf(first, named, name, depth) : null
}

function exampleOfObject(schema: JsonSchema, named: NamedSchemas, depth: number): unknown {
  const fields = Object.entries(schema.properties ?? {})
  const open = schema.additionalProperties
  if (fields.length === 0 && typeof open === 'object') return { range: exampleOf(open, named, 'range', depth + 1) }
  return Object.fromEntries(fields.map(([name, field]) => [name, exampleOf(field, named, name, depth + 1)]))
}

function exampleOfList(schema: JsonSchema, named: NamedSchemas, name: string, depth: number): unknown {
  if (depth >= deepest || !schema.items) return []
  return [exampleOf(schema.items, named, name, depth + 1)]
}

/** The glossary's example for the name, when it is of the schema's kind and form. */
function fromGlossary(schema: JsonSchema, name: string): unknown {
  const example = glossary[name]?.example
  const kind = kindOf(schema)
  if (kind === 'string') return typeof example === 'string' && fitsText(schema, example) ? example : undefined
  if (kind === 'boolean') return typeof example === 'boolean' ? example : undefined
  return typeof example === 'number' ? example : undefined
}

function fitsText({ pattern, minLength = 0, maxLength = Infinity, format }: JsonSchema, text: string): boolean {
  if (text.length < minLength || text.length > maxLength) return false
  if (format === 'date-time') return /^\d{4}-\d\d-\d\dT/.test(text)
  if (format === 'date') return /^\d{4}-\d\d-\d\d$/.test(text)
  return pattern === undefined || new RegExp(pattern, 'u').test(text)
}

const byFormat: Readonly<Record<string, string>> = {
  'date-time': '2026-04-01T06:30:00.000Z',
  date: '2026-04-01',
  email: 'asha@example.com',
  uri: 'https://ev.example.com/',
  uuid: '6f1c5a0e-6f0b-4f5e-9c3f-2f9d0a8a7b11',
  binary: '(file)',
}

function plainText({ format, minLength = 0 }: JsonSchema): string {
  const text = byFormat[format ?? ''] ?? 'Text'
  return text.padEnd(minLength, 'x')
}
