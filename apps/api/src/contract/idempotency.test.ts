import { createHash } from 'node:crypto'
import type { Database } from '@ev/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../routes.ts'
import { exampleBody, filled, operationOf, requestTo } from './authorisation/ask.ts'
import type { CallerKind, World } from './authorisation/world.ts'
import { type WorldCopies, worldInCopies } from './authorisation/world-copies.ts'
import { theDocument } from './the-document.ts'

const document = theDocument()
const idempotentRoutes = routes.filter(({ idempotent }) => idempotent)
type AnyRoute = (typeof routes)[number]

/** Who may use a route, and somebody else who gets through the same door. */
const callersFor: Readonly<Record<string, readonly [CallerKind, CallerKind]>> = {
  member: ['member', 'other member'],
  staff: ['staff', 'admin'],
  admin: ['admin', 'superuser'],
}

/** A plan is for superusers alone; nobody else gets through its door. */
const callersOf = ({ path, access }: AnyRoute) =>
  path === '/admin/plans/' ? (['superuser', 'admin'] as const) : callersFor[access]!

type Input = { readonly address: string; readonly body: object }

function inputOf(world: World, route: AnyRoute): Input {
  const body = exampleBody(world, { route, operation: operationOf(route, document) })
  return { address: `/api/v1${filled(route.path, world)}`, body }
}

/** Inputs that differ in one place, so that at least one of them is valid and another: another object, or another value of a field. */
function otherInputs({ address, body }: Input): Input[] {
  const changed = Object.entries({ note: '', ...body }).flatMap(([name, value]) =>
    variationsOf(value).map((other) => ({ address, body: { ...body, [name]: other } })),
  )
  return [...changed, { address: address.replace(/\/\d+\//, '/999999/'), body }].filter(
    (other) => JSON.stringify(other) !== JSON.stringify({ address, body }),
  )
}

function variationsOf(value: unknown): unknown[] {
  if (typeof value === 'string') return /^\d+\.\d\d$/.test(value) ? [`1${value}`] : [`${value}x`]
  if (typeof value === 'number') return [value + 1]
  if (Array.isArray(value)) return variationsOf(value[0]).map((first) => [first])
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, each]) =>
    variationsOf(each).map((other) => ({ ...value, [name]: other })),
  )
}

/** What every table holds, as a digest each. */
async function contentsOf({ read }: Database): Promise<Record<string, string>> {
  const tables = await read.$queryRaw<{ name: string }[]>`SELECT name FROM sqlite_master WHERE type = 'table'`
  const contents: Record<string, string> = {}
  for (const { name } of tables) {
    const rows = await read.$queryRawUnsafe<object[]>(`SELECT * FROM "${name}"`)
    const text = JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
    contents[name] = `${rows.length} rows, ${createHash('sha256').update(text).digest('hex')}`
  }
  return contents
}

describe('a key', () => {
  let copies: WorldCopies
  beforeAll(async () => {
    copies = await worldInCopies()
  })
  afterAll(() => copies.close())

  /** Sends the route's example in a copy of the world, as often as the work likes. */
  const withRoute = (
    route: AnyRoute,
    work: (asked: {
      send(by: CallerKind, key: string | null, input?: Input): ReturnType<typeof requestTo>
      input: Input
      contents(): Promise<Record<string, string>>
      records(): Promise<number>
    }) => Promise<void>,
  ) =>
    copies.inCopy((world, database) => {
      const input = inputOf(world, route)
      return work({
        input,
        send(by, key, { address, body } = input) {
          const sent = requestTo(world, { route, by, address })
          return (key === null ? sent : sent.set('Idempotency-Key', key)).send(body)
        },
        contents: () => contentsOf(database),
        records: () => database.read.idempotencyRecord.count(),
      })
    })

  test('counts on the routes that move money', () => {
    expect(idempotentRoutes.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        '/booking/bookings/',
        '/booking/bookings/{id}/make_payment/',
        '/booking/payments/{id}/refund/',
        '/payout/',
        '/payout/{id}/process/',
      ]),
    )
  })

  describe.each(idempotentRoutes.map((route) => [`${route.method} ${route.path}`, route] as const))(
    'of %s',
    (_, route) => {
      const [by, other] = callersOf(route)

      test('that comes twice is one effect and one answer, and is nobody else’s', () =>
        withRoute(route, async ({ send, input, contents }) => {
          const before = await contents()
          const first = await send(by, 'twice')
          expect([first.status < 300, first.headers['idempotency-replayed']], JSON.stringify(first.body)).toEqual([
            true,
            undefined,
          ])
          const after = await contents()
          expect(after).not.toEqual(before)
          const again = await send(by, 'twice')
          expect([again.status, again.body]).toEqual([first.status, first.body])
          expect(again.headers['idempotency-replayed']).toBe('true')
          expect(await contents()).toEqual(after)

          const others = await Promise.all(otherInputs(input).map((changed) => send(by, 'twice', changed)))
          const valid = others.filter(({ status, headers }) => status !== 400 && !headers['idempotency-replayed'])
          expect(valid.map(({ status, body }) => [status, body.code])).toEqual(
            valid.map(() => [409, 'idempotency.key_reused']),
          )
          expect(valid.length).toBeGreaterThan(0)
          expect(await contents()).toEqual(after)

          const theirs = await send(other, 'twice')
          expect([theirs.headers['idempotency-replayed'], theirs.body.code]).not.toEqual(['true', expect.anything()])
          expect(String(theirs.body.code)).not.toMatch(/^idempotency/)
          expect(theirs.body).not.toEqual(first.body)
          if (theirs.status < 300) expect(await contents()).not.toEqual(after)
        }))

      test('may be left out, and must be printable', () =>
        withRoute(route, async ({ send, contents, records }) => {
          const [before, remembered] = [await contents(), await records()]
          for (const key of ['x'.repeat(201), 'na\u00efve']) {
            const { status, body } = await send(by, key)
            expect([status, Object.keys(body.errors ?? {})]).toEqual([400, ['Idempotency-Key']])
          }
          expect(await contents()).toEqual(before)
          const first = await send(by, null)
          expect([first.status < 300, await records()]).toEqual([true, remembered])
          expect((await send(by, null)).headers['idempotency-replayed']).toBeUndefined()
        }))
    },
  )
})
