import { beforeAll, expect, test } from 'vitest'
import type { Database } from './client.ts'
import { sha256Hex } from './codec.ts'
import { deleteExpiredOnceRecords, type OnceKey, onceEach, onceInside } from './once.ts'
import { eachDatabase } from './testing/index.ts'

const now = new Date('2026-11-22T10:00:00Z')
const minuteMs = 60_000

function keyOf(key: string, overrides: Partial<OnceKey> = {}): OnceKey {
  return {
    scope: 'a test',
    keyHash: sha256Hex(key),
    fingerprint: sha256Hex('input'),
    now,
    keepForMs: minuteMs,
    ...overrides,
  }
}

eachDatabase((_provider, makeDatabase) => {
  let database: Database
  beforeAll(async () => {
    database = (await makeDatabase()).database
  })

  const addLease = (name: string) => async (tx: Parameters<Parameters<Database['once']>[1]>[0]) => {
    await tx.lease.create({ data: { name, holder: 'a test', fencingToken: 1, expiresAt: now } })
    return { amount: 12_345_678_901_234_567n, at: now, name, nothing: null }
  }

  test('a hundred callers at once cause one effect and get one answer', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => database.once(keyOf('hundred'), addLease('hundred'))),
    )
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
    const expected = { amount: 12_345_678_901_234_567n, at: now, name: 'hundred', nothing: null }
    for (const { value } of answers) expect(value).toStrictEqual(expected)
    expect(await database.read.lease.count({ where: { name: 'hundred' } })).toBe(1)
  })

  test('the same key with another input is refused', async () => {
    await database.once(keyOf('reused'), async () => 1)
    const other = database.once(keyOf('reused', { fingerprint: sha256Hex('another input') }), async () => 2)
    await expect(other).rejects.toMatchObject({ code: 'idempotency.key_reused' })
  })

  test('a key belongs to its scope', async () => {
    await database.once(keyOf('scoped'), async () => 'mine')
    expect(await database.once(keyOf('scoped', { scope: 'another' }), async () => 'yours')).toEqual({
      value: 'yours',
      replayed: false,
    })
  })

  test('what failed is not remembered', async () => {
    const failing = database.once(keyOf('failed'), async (tx) => {
      await addLease('failed')(tx)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await database.once(keyOf('failed'), async () => 'done')).toEqual({ value: 'done', replayed: false })
    expect(await database.read.lease.count({ where: { name: 'failed' } })).toBe(0)
  })

  test('an answer of nothing is an answer', async () => {
    await database.once(keyOf('nothing'), async () => undefined)
    expect(await database.once(keyOf('nothing'), async () => undefined)).toEqual({ value: undefined, replayed: true })
  })

  test('is forgotten when its time is over, whether it was cleaned up or not', async () => {
    const afterwards = new Date(now.getTime() + minuteMs)
    const again = keyOf('old', { now: afterwards, fingerprint: sha256Hex('another input') })
    await database.once(keyOf('old'), async () => 'first')
    const justBefore = keyOf('old', { now: new Date(afterwards.getTime() - 1) })
    expect(await database.once(justBefore, async () => 'x')).toMatchObject({ replayed: true })
    expect(await database.once(again, async () => 'second')).toEqual({ value: 'second', replayed: false })
    expect(await database.once(again, async () => 'third')).toEqual({ value: 'second', replayed: true })
  })

  test('clean-up removes what has expired, up to its limit, and nothing else', async () => {
    const later = new Date('2027-01-01T00:00:00Z')
    await database.once(keyOf('kept', { now: later }), async () => 1)
    const expired = await database.read.idempotencyRecord.count({ where: { expiresAt: { lte: later } } })
    expect(expired).toBeGreaterThan(2)
    const remove = (limit: number) => database.transaction((tx) => deleteExpiredOnceRecords(tx, { now: later, limit }))
    expect(await remove(2)).toBe(2)
    expect(await remove(1000)).toBe(expired - 2)
    expect(await database.once(keyOf('kept', { now: later }), async () => 2)).toMatchObject({ replayed: true })
  })

  test('inside a transaction the first of twenty deliveries does the work', async () => {
    const deliver = () =>
      database.transaction(async (tx) => {
        if (!(await onceInside(tx, keyOf('delivery')))) return 'done before'
        await addLease('delivery')(tx)
        return 'done'
      })
    const answers = await Promise.all(Array.from({ length: 20 }, deliver))
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(1)
  })

  test('of several deliveries together each is the first one once, also one that comes twice among them or had run out', async () => {
    const each = (keys: readonly OnceKey[]) => database.transaction((tx) => onceEach(tx, keys))
    const [a, b, c] = ['each a', 'each b', 'each c'].map((key) => keyOf(key)) as [OnceKey, OnceKey, OnceKey]
    expect(await each([a, b, a])).toEqual([true, true, false])
    expect(await each([c, b])).toEqual([true, false])
    expect(await each([])).toEqual([])
    const later = { now: new Date(now.getTime() + minuteMs) }
    expect(await each([keyOf('each a', later), keyOf('each b', later)])).toEqual([true, true])
    await expect(each([keyOf('each d'), keyOf('each c', { fingerprint: sha256Hex('other') })])).rejects.toMatchObject({
      code: 'idempotency.key_reused',
    })
    expect(await each([keyOf('each d')])).toEqual([true])
  })
})
