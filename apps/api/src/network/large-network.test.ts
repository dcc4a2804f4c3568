import type { Tx } from '@ev/db'
import { eachDatabase } from '@ev/db/testing'
import { times } from '@ev/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import { anApi, type Caller, start, type TestApi } from '../testing/an-api.ts'

const members = 6_000
const rowsAnInsert = 2_000

type Shape = (seq: number) => { parent: number; side: 'left' | 'right' }

/** The first and the last of the tree are members who can log in; the others are rows. */
async function grow(
  api: TestApi,
  { first, shape, levelOf }: { first: number; shape: Shape; levelOf: (nth: number) => number },
) {
  const [top, last] = [await api.aMember(), await api.aMember()]
  const userOf = await fillers(api, first)
  const { db } = api.deps
  for (let at = 0; at < members; at += rowsAnInsert) {
    const rows = times(rowsAnInsert, (offset) => {
      const nth = at + offset + 1
      const seq = first + nth - 1
      const position = nth === 1 ? { parent: null, side: null } : shape(nth)
      return {
        seq,
        userId: nth === 1 ? top.id : nth === members ? last.id : userOf(nth),
        sponsorSeq: null,
        parentSeq: position.parent === null ? null : first + position.parent - 1,
        side: position.side,
        level: levelOf(nth),
        placedAt: start,
      }
    })
    await db.transaction((tx: Tx) => tx.placement.createMany({ data: rows }))
  }
  return { top, last, bottom: first + members - 1, first }
}

async function fillers(api: TestApi, batch: number): Promise<(nth: number) => number> {
  const { db } = api.deps
  const firstId = ((await db.read.user.aggregate({ _max: { id: true } }))._max.id ?? 0) + 1
  for (let at = 0; at < members; at += rowsAnInsert) {
    await db.transaction((tx) =>
      tx.user.createMany({
        data: times(rowsAnInsert, (offset) => ({
          id: firstId + at + offset,
          username: `filler-${batch}-${at + offset}`,
          referralCode: `F${batch}N${at + offset}`,
          firstName: (at + offset) % 1_500 === 7 ? 'Rare' : 'Filler',
          dateJoined: start,
          updatedAt: start,
        })),
      }),
    )
  }
  return (nth) => firstId + nth - 1
}

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  let chain: Awaited<ReturnType<typeof grow>>
  let balanced: Awaited<ReturnType<typeof grow>>
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
    chain = await grow(api, {
      first: 1,
      levelOf: (nth) => nth - 1,
      shape: (nth) => ({ parent: nth - 1, side: nth % 2 === 0 ? 'left' : 'right' }),
    })
    balanced = await grow(api, {
      first: members + 1,
      levelOf: (nth) => Math.floor(Math.log2(nth)),
      shape: (nth) => ({ parent: nth >> 1, side: nth % 2 === 0 ? 'left' : 'right' }),
    })
  }, 300_000)

  const read = async (path: string, by: Caller) => {
    const { body } = await api.get(path, by).expect(200)
    return body
  }

  describe('a chain and a balanced tree of 6,000 each', () => {
    test('are entered from the top only, and not from one into the other', async () => {
      // The first question reads the tree.
      await api.get(`/api/binary/nodes/${chain.first}/`, chain.top).expect(200)
      for (const tree of [chain, balanced]) {
        expect((await read(`/api/binary/nodes/${tree.bottom}/`, tree.top)).user).toBe(tree.last.id)
        const other = tree === chain ? balanced : chain
        for (const path of [`nodes/${tree.bottom}/`, `nodes/${tree.first}/upline/`, `team/?node=${tree.bottom}`]) {
          expect((await api.get(`/api/binary/${path}`, other.top).expect(404)).body.code).toBe('network.node_not_found')
        }
        await api.get(`/api/binary/nodes/${tree.bottom - 1}/`, tree.last).expect(404)
      }
    })

    test('show their upline by cursor', async () => {
      const page = await read(`/api/binary/nodes/${chain.bottom}/upline/?page_size=100`, chain.top)
      expect(page.results.map(({ id }: { id: number }) => id)).toEqual(times(100, (n) => chain.bottom - 1 - n))
      const whole = await read(`/api/binary/nodes/${balanced.bottom}/upline/?page_size=100`, balanced.top)
      expect(whole).toMatchObject({ next_cursor: null })
      expect(whole.results).toHaveLength(Math.floor(Math.log2(members)))
      expect(whole.results.at(-1).user).toBe(balanced.top.id)
    })

    test('list any page of a team', async () => {
      for (const tree of [chain, balanced]) {
        const whole = await read('/api/binary/team/?page=1&page_size=100', tree.top)
        expect(whole).toMatchObject({ count: members - 1 })
        const far = await read(`/api/binary/team/?page=${members / 200}&page_size=100`, tree.top)
        expect(far.results).toHaveLength(100)
        const left = await read('/api/binary/team/?side=left&page_size=1', tree.top)
        const right = await read('/api/binary/team/?side=right&page_size=1', tree.top)
        expect(left.count + right.count).toBe(members - 1)
        const first = await read('/api/binary/team/?cursor=&page_size=50', tree.top)
        const second = await read(`/api/binary/team/?cursor=${first.next_cursor}&page_size=50`, tree.top)
        const ids = (page: { results: { id: number }[] }) => page.results.map(({ id }) => id)
        expect([...ids(first), ...ids(second)]).toEqual(ids(whole))
      }
    })

    test('are searched, each by itself', async () => {
      for (const tree of [chain, balanced]) {
        const rare = await read('/api/binary/nodes/search/?q=rare', tree.top)
        expect(rare).toMatchObject({ count: 4, is_complete: true })
        for (const { id } of rare.results) expect(id >= tree.first && id <= tree.bottom).toBe(true)
        expect(await read('/api/binary/team/?search=filler', tree.top)).toMatchObject({
          count: 100,
          is_complete: false,
        })
        expect((await read('/api/binary/nodes/search/?q=rare', tree.last)).count).toBe(0)
      }
    })
  })
})
