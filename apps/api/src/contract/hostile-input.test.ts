import { eachDatabase } from '@ev/db/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import { mayEnter } from '../http/actor.ts'
import { exampleOf } from '../http/documentation/example-of.ts'
import { type JsonSchema, kindOf, resolved } from '../http/documentation/json-schema.ts'
import { routes } from '../routes.ts'
import { anApi, notAmounts } from '../testing/an-api.ts'
import { filled, neededQuery } from './authorisation/ask.ts'
import { aWorld, type World } from './authorisation/world.ts'
import { theDocument } from './the-document.ts'

const document = theDocument()
const named = document.components?.schemas ?? {}
const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`
const operationOf = ({ method, path }: { method: string; path: string }) => document.paths[path]![method]!
const bodySchema = (route: { method: string; path: string }): JsonSchema | undefined => {
  const schema = operationOf(route).requestBody?.content['application/json']?.schema
  return schema && resolved(schema, named)
}
const withJson = routes.filter((route) => bodySchema(route)?.properties)
const isAmount = ({ pattern = '' }: JsonSchema) => pattern.includes('\\.\\d{2}$')

/** Every declared field of every body, with what is known of its schema. */
const fields = withJson.flatMap((route) =>
  Object.entries(bodySchema(route)?.properties ?? {}).map(([field, schema]) => ({
    route,
    field,
    schema: resolved(schema, named),
  })),
)
const parts = ({ anyOf }: JsonSchema) => (anyOf ?? []).map((each) => resolved(each, named))
const amountFields = fields.filter(({ schema }) => isAmount(schema) || parts(schema).some(isAmount))
const isScalar = (schema: JsonSchema): boolean =>
  ['string', 'integer', 'number', 'boolean'].includes(kindOf(schema) ?? '') ||
  (parts(schema).length > 0 && parts(schema).every((part) => part.type === 'null' || isScalar(part)))
const scalarFields = fields.filter(({ schema }) => isScalar(schema))
const lists = routes.filter((route) => operationOf(route).parameters?.some(({ name }) => name === 'page_size'))

eachDatabase((_, makeDatabase) => {
  let world: World
  beforeAll(async () => {
    world = await aWorld(await anApi((await makeDatabase()).database))
  }, 120_000)

  /** The one who owns everything, or the superuser where a member may not enter. */
  const callerOf = (route: (typeof routes)[number]) =>
    world.authorizations[mayEnter(route.access, 'user') ? 'member' : 'superuser'] ?? ''

  function sendText(route: (typeof routes)[number], text: string, type = 'application/json') {
    return world.api.http[route.method](`/api/v1${filled(route.path, world)}`)
      .set('Authorization', callerOf(route))
      .set('Content-Type', type)
      .send(text)
  }
  const send = (route: (typeof routes)[number], body: object) => sendText(route, JSON.stringify(body))
  const validBody = (route: (typeof routes)[number]): object =>
    world.bodies[nameOf(route)] ?? Object(exampleOf(bodySchema(route)!, named))
  const get = (route: (typeof routes)[number], query: Record<string, string>) =>
    world.api.http
      .get(`/api/v1${filled(route.path, world)}`)
      .query(query)
      .set('Authorization', callerOf(route))

  describe('amounts', () => {
    test.each(amountFields.map((each) => [`${nameOf(each.route)}: ${each.field}`, each] as const))(
      '%s takes nothing that is no amount',
      async (_, { route, field }) => {
        for (const value of notAmounts) {
          if (value === null || value === '') continue
          const { status, body } = await send(route, { ...validBody(route), [field]: value })
          expect([value, status]).toEqual([value, 400])
          if (body.code === 'validation.failed') expect(Object.keys(body.errors).join()).toContain(field)
        }
      },
    )
  })

  test('a list or an object where a scalar belongs is a 400 that names the field', async () => {
    for (const { route, field } of scalarFields) {
      for (const value of [[1], { $gt: '' }, [[]], { toString: 1 }]) {
        const { status, body } = await send(route, { ...validBody(route), [field]: value })
        expect([nameOf(route), field, value, status]).toEqual([nameOf(route), field, value, 400])
        if (body.code === 'validation.failed') expect(Object.keys(body.errors).join()).toContain(field)
      }
    }
  })

  test.each([
    ['malformed', '{"a":', 'application/json', 400],
    ['10^5 levels deep', '['.repeat(50_000) + ']'.repeat(50_000), 'application/json', 400],
    ['with a name twice', '{"reason":"a","reason":"b"}', 'application/json', 400],
    ['reaching for a prototype', '{"__proto__":{"role":"admin"}}', 'application/json', 400],
    ['of 10 MB', `{"reason":"${'x'.repeat(10_000_000)}"}`, 'application/json', 413],
    ['a form', 'amount=1', 'application/x-www-form-urlencoded', 415],
  ])('a body %s is refused by every route that reads one', async (_, text, type, expected) => {
    for (const route of withJson) {
      const { status, text: answer } = await sendText(route, text, type)
      expect([nameOf(route), status]).toEqual([nameOf(route), expected])
      expect(answer).not.toMatch(/\bat .*:\d+|node_modules|SyntaxError/)
    }
  })

  test('no page is longer than a hundred rows, and no page number breaks a list', async () => {
    for (const route of lists) {
      for (const query of [{ page_size: '1000000000' }, { page: '999999999999999', page_size: '100' }]) {
        const { status, body } = await get(route, { ...neededQuery(operationOf(route), document), ...query })
        expect([nameOf(route), query, status]).toEqual([nameOf(route), query, 200])
        // A member's own identity check stands at the address where staff see the queue.
        if (body.results) expect(body.results.length).toBeLessThanOrEqual(100)
      }
    }
  })

  test('SQL and HTML in every text of a query are inert', async () => {
    const before = await world.api.deps.db.read.user.count()
    for (const route of routes.filter(({ method }) => method === 'get')) {
      if (operationOf(route).responses['200']?.content?.['text/event-stream']) continue
      for (const { name, in: where } of operationOf(route).parameters ?? []) {
        if (where !== 'query') continue
        for (const value of [
          "' OR '1'='1",
          '1; DROP TABLE users --',
          '<script>alert(1)</script>',
          '%',
          '\\',
          '\u0000',
        ]) {
          const { status, text, type } = await get(route, {
            ...neededQuery(operationOf(route), document),
            [name]: value,
          })
          expect([200, 400, 404, 409].includes(status), `${nameOf(route)} ${name}=${value}: ${status} ${text}`).toBe(
            true,
          )
          if (type === 'text/html') expect(text).not.toContain('<script>')
        }
      }
    }
    expect(await world.api.deps.db.read.user.count()).toBe(before)
  })

  test('a method that an address does not have is a 405 that names those it has', async () => {
    for (const path of new Set(routes.map((route) => route.path))) {
      const has = routes.filter((route) => route.path === path).map(({ method }) => method)
      for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const) {
        if (has.includes(method)) continue
        const answer = await world.api.http[method](`/api/v1${filled(path, world)}`)
        expect([method, path, answer.status]).toEqual([method, path, 405])
        expect(answer.headers['allow']?.toLowerCase()).toContain(has[0])
      }
    }
  })

  test('line breaks from a client do not break a line of the log', async () => {
    const { api } = world
    await api.http.get('/api/v1/inventory/vehicles/?search=a%0d%0a%7B%22level%22%3A60%7D').expect(400)
    await api.http.get('/api/v1/nothing%0d%0aforged').set('X-Request-Id', 'a b\tc').set('User-Agent', 'x\ty')
    for (const line of api.lines) expect(line.trimEnd()).not.toMatch(/[\r\n]/)
  })

  test('every refused caller of every route is in the audit log, without a secret', async () => {
    const { api } = world
    const guarded = routes.filter(({ access }) => access !== 'public')
    for (const { method, path, access } of guarded) {
      await api.http[method](`/api/v1${filled(path, world)}`).set('Authorization', 'Bearer not.a.token')
      if (mayEnter(access, 'user')) continue
      await api.http[method](`/api/v1${filled(path, world)}`).set('Authorization', world.authorizations.member ?? '')
    }
    const lines = await api.auditLines()
    const of = (action: string) =>
      new Set(lines.filter((line) => line.action === action).map(({ subjectId }) => subjectId))
    const addressOf = ({ method, path }: { method: string; path: string }) =>
      `${method.toUpperCase()} ${path}`.slice(0, 100)
    expect([...of('auth.authentication_failed')]).toEqual(expect.arrayContaining(guarded.map(addressOf)))
    const forStaff = guarded.filter(({ access }) => !mayEnter(access, 'user'))
    expect([...of('auth.authorisation_failed')]).toEqual(expect.arrayContaining(forStaff.map(addressOf)))
    const text = JSON.stringify(lines)
    for (const authorization of Object.values(world.authorizations)) {
      if (authorization) expect(text).not.toContain(authorization.slice('Bearer '.length))
    }
    expect(text).not.toContain('not.a.token')
  })

  test('after all of this nothing is out of balance', () => world.api.expectSettledClean())
})
