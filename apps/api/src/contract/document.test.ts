import { createConfig, lintFromString } from '@redocly/openapi-core'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect, test } from 'vitest'
import { operationsOf } from '../http/documentation/document-extras.ts'
import type { JsonSchema } from '../http/documentation/json-schema.ts'
import { parseInput } from '../http/validation.ts'
import { routes } from '../routes.ts'
import { servedDocument, theDocument } from './the-document.ts'

const document = theDocument()
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
)

test('the committed document is that of the routes (vitest -u writes it anew)', async () => {
  await expect(`${JSON.stringify(servedDocument(), null, 2)}\n`).toMatchFileSnapshot('../../openapi.json')
})

test('a linter finds no error in it', async () => {
  const config = await createConfig({
    extends: ['recommended'],
    rules: {
      'no-unused-components': 'error',
      'operation-description': 'error',
      'tag-description': 'error',
      // The paths are those of the platform before, whose clients write them with a slash at the end.
      'no-path-trailing-slash': 'off',
      // A fixed segment goes before a parameter, whatever the order of the routes (mountRoutes).
      'no-ambiguous-paths': 'off',
    },
  })
  const found = await lintFromString({ source: JSON.stringify(servedDocument()), config })
  expect(found.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`)).toEqual([])
})

test('every field and parameter says what it means', () => {
  const silent = new Set<string>()
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const { properties } = value as JsonSchema
    for (const [name, field] of Object.entries(properties ?? {})) {
      if (field.description === undefined && field.$ref === undefined) silent.add(name)
    }
    for (const [key, part] of Object.entries(value)) if (key !== 'example' && key !== 'examples') walk(part)
  }
  walk(document.components)
  for (const { operation } of operations) {
    walk(operation)
    for (const { name, description } of operation.parameters ?? []) if (!description) silent.add(name)
  }
  expect([...silent].sort()).toEqual([])
})

// A form that needs a file has no body that could be shown as JSON.
const withBody = routes.filter(({ path, method, request }) => {
  const content = document.paths[path]?.[method]?.requestBody?.content
  return request.body && content?.['application/json']
})

test.each(withBody.map((route) => [`${route.method} ${route.path}`, route] as const))(
  'the example of %s is a body that it takes',
  (_, route) => {
    const content = document.paths[route.path]?.[route.method]?.requestBody?.content
    const example = content?.['application/json']?.example
    expect(() => parseInput(route.request.body!, example)).not.toThrow()
  },
)

test('the examples of answers fit their schemas', () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  ajv.addSchema({ $id: 'api', components: document.components })
  const wrong: string[] = []
  for (const { name, operation } of operations) {
    for (const [status, { content }] of Object.entries(operation.responses)) {
      const { schema, example } = content?.['application/json'] ?? {}
      if (!schema) continue
      const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"api#/components'))
      if (!ajv.validate(absolute, example)) wrong.push(`${name} ${status}: ${ajv.errorsText()}`)
    }
  }
  expect(wrong).toEqual([])
})

test('every operation answers a fault and the limit with a problem', () => {
  for (const { responses } of operationsOf(document)) {
    for (const status of ['429', '500']) expect(responses[status]?.content).toHaveProperty('application/problem+json')
  }
})
