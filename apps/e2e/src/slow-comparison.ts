import type { Database } from '@ev/db'
import { formatRupees, istMonth, rupees } from '@ev/domain'
import { createSlowNetwork } from '@ev/domain/testing'
import { until } from '@ev/testing'
import { expect } from 'vitest'
import { type Joined, request } from './members.ts'

const limit = 10

/** Resolves when everybody has a place and every pair is credited. */
export async function settled(db: Database, { members }: { members: number }): Promise<void> {
  await until(
    async () => {
      const placed = await db.read.placement.count()
      const waiting = await db.read.outboxMessage.count({ where: { publishedAt: null } })
      const uncredited = await db.read.pair.count({ where: { status: 'matched' } })
      return placed === members && waiting === 0 && uncredited === 0
        ? true
        : Promise.reject(new Error(`${placed} placed, ${waiting} unpublished, ${uncredited} uncredited`))
    },
    { timeoutMs: 120_000 },
  )
}

type Tree = {
  id: number
  parent: number | null
  side: string | null
  level: number
  left_count: number
  right_count: number
  left_team: number
  right_team: number
  pairs_matched: number
}

/**
 * Compares what the API says of every member with the slow model: position, legs, pairs and wallet. The order in which simultaneous
 * members were placed is taken from the placement log; everything else the model works out by itself.
 */
export async function expectEqualToSlowModel(
  db: Database,
  members: readonly Joined[],
  { callers }: { callers: number },
): Promise<void> {
  const log = await db.read.placement.findMany({
    orderBy: { seq: 'asc' },
    include: { user: { select: { referredById: true } } },
  })
  const months = await db.read.pair.groupBy({ by: ['month'], orderBy: { month: 'asc' } })
  const model = createSlowNetwork<number>({
    month: months[0]?.month ?? '2026-01',
    monthlyLimit: limit,
    eligibility: 'placed',
    pairCap: 'carry_forward',
  })
  const seqOf = new Map(log.map(({ userId, seq }) => [userId, seq]))
  for (const { userId, user, placedAt } of log) {
    model.rollMonth(istMonth(placedAt))
    model.join(userId, user.referredById)
  }
  // A month that began after the last of them joined pairs those who had waited for it.
  for (const { month } of months) model.rollMonth(month)

  let next = 0
  async function caller() {
    for (let at = next++; at < members.length; at = next++) await expectMember(members[at]!)
  }

  async function expectMember({ id, token, url }: Joined) {
    const tree = (await request(`${url}/api/binary/nodes/my_tree/?depth=0`, { token })) as unknown as Tree
    const { parent, side, level } = model.position(id)
    const { left, right } = model.counts(id)
    const pairs = model.pairs(id)
    expect({ member: id, parent: tree.parent, side: tree.side, level: tree.level }).toEqual({
      member: id,
      parent: parent === null ? null : seqOf.get(parent),
      side,
      level,
    })
    expect({
      member: id,
      team: [tree.left_team, tree.right_team],
      unmatched: [tree.left_count, tree.right_count],
      pairs: tree.pairs_matched,
    }).toEqual({
      member: id,
      team: [left.team, right.team],
      unmatched: [left.unmatched, right.unmatched],
      pairs: pairs.length,
    })
    const listed = (await request(`${url}/api/binary/pairs/?page_size=100`, { token }))['results'] as {
      pair_number: number
      left_user: number
      right_user: number
    }[]
    expect(
      listed
        .map((pair) => ({ number: pair.pair_number, left: pair.left_user, right: pair.right_user }))
        .sort((a, b) => a.number - b.number),
    ).toEqual(pairs.map(({ number, left, right }) => ({ number, left, right })))
    const wallet = await request(`${url}/api/wallet/my_wallet/`, { token })
    const beyondGrace = Math.max(0, pairs.length - 5)
    expect({ member: id, balance: wallet['balance'], reserve: wallet['emi_reserve'] }).toEqual({
      member: id,
      balance: formatRupees(rupees(500) * BigInt(pairs.length - beyondGrace) + rupees(400) * BigInt(beyondGrace)),
      reserve: formatRupees(rupees(100) * BigInt(beyondGrace)),
    })
  }

  await Promise.all(Array.from({ length: callers }, caller))
}
