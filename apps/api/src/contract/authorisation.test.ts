import { audit, type Database } from '@ev/db'
import { beforeAll, describe, expect, test } from 'vitest'
import { mayEnter } from '../http/actor.ts'
import { routes } from '../routes.ts'
import { ask } from './authorisation/ask.ts'
import { type CallerKind, callers } from './authorisation/world.ts'
import { type WorldCopies, worldInCopies } from './authorisation/world-copies.ts'
import { theDocument } from './the-document.ts'

/** `audited`: the actions that the audit log holds of the caller afterwards; `movesMoney`: where the question was asked in a copy of the world. */
type Answer = Awaited<ReturnType<typeof ask>> & { readonly audited?: readonly string[]; readonly movesMoney?: boolean }
type AnyRoute = (typeof routes)[number]

const document = theDocument()
const roleOf = { member: 'user', 'other member': 'user', staff: 'staff', admin: 'admin', superuser: 'admin' } as const

/** Refusals of rules that are about who asks, on routes that the caller may enter. */
const ruleOfTheCase = new Set([
  'auth.forbidden',
  'payment.own',
  'payout.self_approval',
  'kyc.self_review',
  'nominee.self_review',
  'document.self_review',
])

/** Public routes whose body is a token: the example's belongs to nobody. */
const takesAToken = new Set(['/auth/refresh/', '/auth/logout/'])

/** Lists in which everyone has something of their own: the session in which they ask. */
const neverEmpty = new Set(['/auth/sessions/'])

describe('who may do what', () => {
  let rows: { route: AnyRoute; answers: Record<CallerKind, Answer> }[]

  beforeAll(async () => {
    const copies = await worldInCopies()
    rows = []
    for (const route of routes) {
      const answers = {} as Record<CallerKind, Answer>
      for (const by of callers) {
        // What changes the world happens in a copy of it, so that every cell is asked of the same one.
        const isReading = route.method === 'get' || isStoppedAtTheDoor(route, by)
        answers[by] = isReading
          ? await ask(copies.world, { route, by, document })
          : await askInCopy(copies, { route, by })
      }
      rows.push({ route, answers })
    }
    await copies.close()
  }, 600_000)

  test('the committed table is what the routes answer (vitest --update writes it anew)', async () => {
    await expect(table(rows)).toMatchFileSnapshot('../../../../docs/authorisation.md')
  })

  test('without a log-in only public routes answer', () => {
    for (const { route, answers } of rows) {
      const isRefused = answers.anonymous.status === 401
      const shouldBe = route.access !== 'public' || takesAToken.has(route.path)
      expect([route.method, route.path, isRefused]).toEqual([route.method, route.path, shouldBe])
    }
  })

  test('a caller below the role of a route is refused, and no other', () => {
    for (const { route, answers } of rows) {
      if (route.access === 'public') continue
      for (const by of callers) {
        if (by === 'anonymous') continue
        const { status, code } = answers[by]
        const isAdmitted = mayEnter(route.access, roleOf[by])
        const what = `${by}: ${route.method} ${route.path} ${status} ${code}`
        if (!isAdmitted) expect(status, what).toBe(403)
        else if (status === 403) expect(ruleOfTheCase.has(code), what).toBe(true)
        expect(status, what).toBeLessThan(500)
        expect(status === 401, what).toBe(false)
      }
    }
  })

  test('what staff and admins change is in the audit log under their name', () => {
    const silent = rows.flatMap(({ route, answers }) =>
      (['staff', 'admin', 'superuser'] as const)
        .filter((by) => isForColleagues(route) && answers[by].status < 300 && answers[by].audited?.length === 0)
        .map((by) => `${by}: ${route.method} ${route.path}`),
    )
    expect(silent).toEqual([])
  })

  test('what moves money takes an idempotency key', () => {
    const forgetful = rows.flatMap(({ route, answers }) =>
      callers
        .filter((by) => answers[by].movesMoney && route.access !== 'public' && !route.idempotent)
        .map((by) => `${by}: ${route.method} ${route.path}`),
    )
    expect(forgetful).toEqual([])
    expect(rows.filter(({ answers }) => callers.some((by) => answers[by].movesMoney)).length).toBeGreaterThan(10)
  })

  test('what is the member’s is not there for another member, and in no list', () => {
    for (const { route, answers } of rows) {
      if (route.access !== 'member') continue
      const what = `${route.method} ${route.path}`
      const other = answers['other member']
      if (route.path.includes('{')) expect(other.status, what).toBe(404)
      else if (other.shown !== null) expect(other.shown, what).toBe(neverEmpty.has(route.path) ? 1 : 0)
    }
  })
})

/** Changes that only staff or admins make. A preview changes nothing, and the member is active already. */
function isForColleagues({ method, path, access }: AnyRoute): boolean {
  const changesNothing = path.endsWith('/preview/') || path.endsWith('/activate/')
  return method !== 'get' && (access === 'staff' || access === 'admin') && !changesNothing
}

function isStoppedAtTheDoor(route: AnyRoute, by: CallerKind): boolean {
  if (by === 'anonymous') return route.access !== 'public'
  return !mayEnter(route.access, roleOf[by]) || (by === 'other member' && route.path.includes('{'))
}

async function askInCopy(copies: WorldCopies, { route, by }: { route: AnyRoute; by: CallerKind }): Promise<Answer> {
  return copies.inCopy(async (world, database) => {
    const [before, moneyBefore] = [await actionsOf(database, world.ids[by]), await moneyIn(database)]
    const answer = await ask(world, { route, by, document })
    const audited = (await actionsOf(database, world.ids[by])).slice(before.length)
    return { ...answer, audited, movesMoney: (await moneyIn(database)) !== moneyBefore }
  })
}

/** Everything that says where money is or will go, as one text. */
async function moneyIn({ read }: Database): Promise<string> {
  const rows = [
    await read.journalEntry.count(),
    await read.booking.count(),
    await read.payment.findMany({ select: { id: true, status: true, refundedAmount: true } }),
    await read.paymentOrder.findMany({ select: { id: true, status: true } }),
    await read.payout.findMany({ select: { id: true, status: true, batchId: true } }),
  ]
  return JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
}

/** What the audit log holds of someone, oldest first. */
async function actionsOf(database: Database, actorId: number | null): Promise<string[]> {
  if (actorId === null) return []
  const { rows } = await audit.list(database.read, { actorId }, { skip: 0, take: 1_000 })
  return rows.map(({ action }) => action).reverse()
}

function table(rows: readonly { route: AnyRoute; answers: Record<CallerKind, Answer> }[]): string {
  const lines = rows.map(({ route, answers }) => {
    const cells = callers.map((by) => cell(answers[by]))
    return `| \`${route.method.toUpperCase()} ${route.path}\` | ${route.access} | ${cells.join(' | ')} |`
  })
  return `# Who may do what

Written by the tests from the list of routes (\`npx vitest run src/contract/authorisation.test.ts --update\` in \`apps/api\`). Each cell is what a route
answers when the caller sends the example of the API's description to an object of *member*; in brackets, how many rows of a list the caller is
shown. 400 and 409 are answers of rules behind the door.

| route | for | ${callers.join(' | ')} |
|---|---|${callers.map(() => '---').join('|')}|
${lines.join('\n')}
`
}

function cell({ status, shown }: Answer): string {
  return shown === null ? String(status) : `${status} (${shown})`
}
