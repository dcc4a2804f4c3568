/** The part of JSON Schema 2020-12 that our documents use. */
export type JsonSchema = {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly examples?: readonly unknown[]
  readonly default?: unknown
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly format?: string
  readonly pattern?: string
  readonly contentEncoding?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | JsonSchema
  readonly propertyNames?: JsonSchema
  readonly items?: JsonSchema
  readonly prefixItems?: readonly JsonSchema[]
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
}

export type NamedSchemas = Readonly<Record<string, JsonSchema>>

/** Follows references to the schema that they name. A reference to nothing is a fault. */
export function resolved(schema: JsonSchema, named: NamedSchemas): JsonSchema {
  if (schema.$ref === undefined) return schema
  const target = named[schema.$ref.replace('#/components/schemas/', '')]
  if (!target) throw new Error(`${schema.$ref} names no schema.`)
  return resolved(target, named)
}

/** The kinds that a schema allows, `null` apart. */
export function kindOf({ type }: JsonSchema): string | undefined {
  return typeof type === 'string' ? type : type?.find((each) => each !== 'null')
}
