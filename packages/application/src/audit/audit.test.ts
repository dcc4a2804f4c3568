import { audit, type Database } from '@ev/db'
import { eachDatabase } from '@ev/db/testing'
import { createLogger, manualClock, withTrace } from '@ev/runtime'
import { times } from '@ev/testing'
import { beforeEach, expect, test } from 'vitest'
import { recordAudit } from './record-audit.ts'
import { createSecurityLog } from './security-log.ts'
import { verifyAudit } from './verify-audit.ts'

const clock = manualClock(new Date('2026-11-25T06:00:00.000Z'))
const lines: string[] = []
const log = createLogger({ level: 'info', pretty: false, destination: { write: (line) => void lines.push(line) } })
const refused = {
  kind: 'authentication_failed',
  code: 'auth.token_invalid',
  method: 'GET',
  route: '/wallet/my_wallet/',
  userId: null,
  ip: '192.0.2.1',
  requestId: 'r1',
} as const

eachDatabase((_name, makeDatabase) => {
  let database: Database
  beforeEach(async () => {
    database = (await makeDatabase()).database
  })
  const record = (action: string) =>
    database.transaction((tx) =>
      recordAudit(
        tx,
        { clock },
        { actorId: null, action, subject: { type: 'plan', id: 2 }, details: { b: 1, a: 'x' } },
      ),
    )
  const verify = () => verifyAudit({ db: database }, () => {})

  test('lines written at once form one chain', async () => {
    expect(await verify()).toEqual([])
    await Promise.all(times(20, (n) => record(`plan.action${n}`)))
    expect(await verify()).toEqual([])
    const { count, rows } = await audit.list(database.read, {}, { skip: 0, take: 100 })
    expect(count).toBe(20)
    expect(new Set(rows.map(({ previousHash }) => previousHash)).size).toBe(20)
  })

  test('a line says from where it came', async () => {
    const trace = { requestId: 'r7', traceparent: null, ipAddress: '192.0.2.7' }
    await withTrace(trace, () => record('plan.created'))
    const { rows } = await audit.list(database.read, { action: 'plan.created' }, { skip: 0, take: 1 })
    expect(rows[0]).toMatchObject({ requestId: 'r7', ipAddress: '192.0.2.7', subjectType: 'plan', subjectId: '2' })
  })

  test('lines cannot be changed or taken away', async () => {
    await record('plan.created')
    const change = () => database.transaction((tx) => tx.auditLog.updateMany({ data: { action: 'nothing' } }))
    await expect(change()).rejects.toThrow()
    await expect(database.transaction((tx) => tx.auditLog.deleteMany())).rejects.toThrow()
    expect(await verify()).toEqual([])
  })

  test('a line that was changed behind the trigger, or cut off, is found', async () => {
    for (const action of ['plan.one', 'plan.two', 'plan.three']) await record(action)
    await database.transaction((tx) => tx.$executeRawUnsafe('DROP TRIGGER audit_log_no_update'))
    await database.transaction((tx) =>
      tx.auditLog.updateMany({ where: { action: 'plan.two' }, data: { action: 'plan.2' } }),
    )
    expect((await verify()).map(({ check }) => check)).toEqual(['audit.hash'])
    await database.transaction((tx) => tx.auditHead.update({ where: { id: 1 }, data: { hash: 'f'.repeat(64) } }))
    expect((await verify()).map(({ check }) => check)).toContain('audit.head')
  })

  test('refused callers are written beside the requests, and a flood is cut with a word in the log', async () => {
    const security = createSecurityLog({ db: database, clock, log })
    for (let n = 0; n < 1_500; n += 1) security.add(refused)
    await security.flush()
    const { count, rows } = await audit.list(database.read, {}, { skip: 0, take: 1 })
    expect(count).toBeGreaterThanOrEqual(1_000)
    expect(count).toBeLessThan(1_500)
    expect(rows[0]).toMatchObject({ action: 'auth.authentication_failed', subjectId: 'GET /wallet/my_wallet/' })
    expect(lines.join()).toContain('too many')
    expect(await verify()).toEqual([])
  })
})
