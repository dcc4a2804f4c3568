import { exampleOf } from './example-of.ts'
import { glossary } from './glossary.ts'
import type { JsonSchema, NamedSchemas } from './json-schema.ts'

type MediaType = { schema?: JsonSchema; example?: unknown }
type Content = Record<string, MediaType>
/** A described answer, or a reference to one that several operations share. */
export type Answer = { $ref?: string; description?: string; content?: Content }
export type Operation = {
  parameters?: {
    name: string
    in: 'path' | 'query' | 'header'
    required?: boolean
    description?: string
    schema: JsonSchema
  }[]
  requestBody?: { content: Content }
  responses: Record<string, Answer>
}
export type Described = {
  paths: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, JsonSchema>; responses?: Record<string, Answer> }
}

/**
 * Completes a document in place: what the glossary says of each field that says nothing of itself, and an example of every JSON body, asked
 * and answered, made from its schema.
 */
export function completeDocument(document: Described): void {
  const named: NamedSchemas = document.components?.schemas ?? {}
  for (const operation of operationsOf(document)) {
    for (const parameter of operation.parameters ?? []) describeParameter(parameter)
    for (const content of contentsOf(operation)) {
      for (const [mediaType, media] of Object.entries(content)) {
        if (!media.schema) continue
        describeFields(media.schema)
        if (/json$/.test(mediaType) && media.example === undefined) media.example = exampleOf(media.schema, named)
      }
    }
  }
  for (const schema of Object.values(named)) describeFields(schema)
}

export function operationsOf(document: Described): Operation[] {
  return Object.values(document.paths).flatMap((methods) => Object.values(methods))
}

function contentsOf({ requestBody, responses }: Operation): Content[] {
  const answers = Object.values(responses).flatMap(({ content }) => (content ? [content] : []))
  return requestBody ? [requestBody.content, ...answers] : answers
}

function describeParameter(parameter: { name: string; description?: string; schema: JsonSchema }): void {
  const description = parameter.description ?? parameter.schema.description ?? glossary[parameter.name]?.description
  if (description !== undefined) parameter.description = description
}

/** Walks the schema and everything in it; references are described where they are named. */
function describeFields(schema: JsonSchema): void {
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const description = glossary[name]?.description
    if (description !== undefined && field.$ref === undefined && isSilent(field)) Object.assign(field, { description })
    describeFields(field)
  }
  for (const part of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])]) describeFields(part)
  if (schema.items) describeFields(schema.items)
  if (typeof schema.additionalProperties === 'object') describeFields(schema.additionalProperties)
}

/** Nothing said, or only what every amount says of its form. */
function isSilent({ description }: JsonSchema): boolean {
  return description === undefined || /^Rupees with two decimals/.test(description)
}
