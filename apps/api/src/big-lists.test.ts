import { randomUUID } from 'node:crypto'
import { createAccount } from '@ev/application'
import { createDatabaseIfMissing, type Database, migrate, openDatabase } from '@ev/db'
import {
  eachDatabase,
  emailOf,
  fillLargeDatabase,
  fullSize,
  isMariaDb,
  measureReads,
  quietLog,
  type RecordedReads,
  recordReads,
  type SentStatement,
  smallSize,
  sqliteSteps,
  type TableRead,
} from '@ev/db/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anApi, type Caller, type TestApi } from './testing/an-api.ts'
import { exceptions } from './testing/list-exceptions.ts'
import { type ListRoute, listRoutes, questionsOf } from './testing/list-routes.ts'

/** A database of the full size to look at instead of a small one; it is made and filled when there is none, and it stays. */
const givenUrl = process.env['LARGE_DATABASE_URL']

/** Rows that a question may fetch to answer a page of twenty, with what belongs to them. */
const mostRowsFetched = 500

/** Tables that hold a few rows however large the business is. */
const smallTables = ['vehicles', 'vehicle_images', 'vehicle_revisions', 'plans', 'settings', 'payout_batches']

eachDatabase((provider, makeDatabase) => {
  let reads: RecordedReads
  let opened: Database | undefined
  let api: TestApi
  let callers: Readonly<Record<string, Caller>>

  beforeAll(async () => {
    const given = provider === 'mysql' ? givenUrl : undefined
    if (given) {
      opened = await openFullDatabase(given)
      reads = await recordReads({ database: opened, url: given })
    } else {
      const made = await makeDatabase()
      await fillLargeDatabase(made.url, smallSize)
      reads = await recordReads(made)
    }
    api = await anApi(reads.database)
    callers = {
      member: await api.login(emailOf(1)),
      staff: await aColleague('staff'),
      admin: await aColleague('admin'),
    }
  }, 600_000)

  afterAll(async () => {
    await reads.close()
    await opened?.close()
  })

  async function aColleague(role: 'staff' | 'admin'): Promise<Caller> {
    const email = `${randomUUID()}@example.com`
    const names = { firstName: 'Test', lastName: role, createdById: null }
    await createAccount(api.deps, { identifier: { type: 'email', value: email }, role, isSuperuser: false, ...names })
    return api.login(email)
  }

  /** The statements that answer one question, or none when the caller may not ask or has no such list. */
  async function statementsOf(
    { path }: ListRoute,
    question: Record<string, string>,
    caller: Caller,
  ): Promise<{ statements: SentStatement[]; count: number }> {
    const url = `/api${path}?${new URLSearchParams(question)}`
    reads.take()
    const { status, body } = await api.get(url, caller)
    if (status === 403 || status === 404) return { statements: [], count: 0 }
    expect({ url, status, body: status === 200 ? null : body }).toMatchObject({ status: 200 })
    return { statements: reads.take().filter(isOfTheList), count: body.count ?? 0 }
  }

  describe.each(listRoutes())('$path', (list) => {
    test('answers every question from an index', { timeout: 300_000 }, async () => {
      if (provider === 'mysql' && !(await isMariaDb(reads))) return
      const judged = new Set<string>()
      const complaints = new Set<string>()
      for (const [role, caller] of Object.entries(callers)) {
        for (const question of questionsOf(list)) {
          for (const statement of await statementsOfPages(list, question, caller)) {
            const text = JSON.stringify(statement)
            if (judged.has(text)) continue
            judged.add(text)
            for (const one of (await judge(statement)).filter(isNoException))
              complaints.add(`${role} ${JSON.stringify(question)} ${one}`.slice(0, 400))
          }
        }
      }
      expect([...complaints]).toEqual([])
    })
  })

  /** The statements for the first page and for one in the middle. */
  async function statementsOfPages(list: ListRoute, question: Record<string, string>, caller: Caller) {
    const { statements, count } = await statementsOf(list, question, caller)
    if ('cursor' in question || count <= 40) return statements
    const middle = { ...question, page: String(Math.floor(count / 40)) }
    return [...statements, ...(await statementsOf(list, middle, caller)).statements]
  }

  const judge = provider === 'sqlite' ? judgeBySteps : judgeByReads

  async function judgeByReads(statement: SentStatement): Promise<string[]> {
    const tables = [...statement.sql.matchAll(/(?:FROM|JOIN) (?:`\w+`\.)?`?(\w+)/g)].map(([, table]) => table ?? '')
    if (tables.every((table) => smallTables.includes(table))) return []
    const found = await measureReads(reads, statement)
    return found.filter(({ table }) => !smallTables.includes(table)).flatMap((read) => faultsOf(read, statement))
  }

  async function judgeBySteps(statement: SentStatement): Promise<string[]> {
    const steps = await sqliteSteps(reads, statement)
    const isSorted = steps.some((step) => step.startsWith('USE TEMP B-TREE'))
    const scanned = steps.flatMap((step) => /^SCAN (?:main\.)?(\w+)$/.exec(step)?.[1] ?? [])
    return scanned
      .filter((table) => !foundBefore.includes(table) && !smallTables.includes(table))
      .filter(() => isSorted || !isPageAlongIds(statement))
      .map((table) => `scans ${table}: ${shape(statement)}`)
  }
})

/** What Prisma calls the rows that it counts, and what a page is called that was chosen within its statement: both were judged where they were found. */
const foundBefore = ['sub', 'page']

/** Reading along the ids until the page is full is no scan, though SQLite calls it one; nor is looking for what cannot be. */
const isPageAlongIds = ({ sql }: SentStatement) => / WHERE 1=0 | ORDER BY \S+id[`"]? (ASC|DESC) LIMIT /.test(sql)

async function openFullDatabase(url: string): Promise<Database> {
  await createDatabaseIfMissing(url)
  await migrate({ url, log: quietLog, clock: { now: () => new Date() } })
  const database = await openDatabase({ url, log: quietLog })
  if ((await database.read.user.count()) === 0) await fillLargeDatabase(url, fullSize)
  return database
}

const isNoException = (text: string) => !exceptions.some(({ complaint }) => complaint.test(text))

function faultsOf(read: TableRead, statement: SentStatement): string[] {
  const { table, access, index, rowsRead, isIndexOnly, isSorted } = read
  const what = `${table} by ${index ?? 'nothing'} (${access}), ${rowsRead} rows: ${shape(statement)}`
  if (access === 'ALL') return [`reads every row of ${what}`]
  if (!isIndexOnly && rowsRead > mostRowsFetched) return [`fetches many rows of ${what}`]
  if (isSorted && rowsRead > mostRowsFetched) return [`sorts many rows of ${what}`]
  return []
}

/** The statement without its columns and names of the database. */
function shape({ sql, args }: SentStatement): string {
  const short = sql
    .replaceAll(/[`"]/g, '')
    .replaceAll(/(main|ev_\w+)\./g, '')
    .replace(/^SELECT .*? FROM (?!\()/, 'SELECT … FROM ')
  return `${short} ${JSON.stringify(args)}`
}

/** Leaves out what every request reads: the caller's session. */
function isOfTheList({ sql }: SentStatement): boolean {
  return !/FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = \?/.test(sql)
}
