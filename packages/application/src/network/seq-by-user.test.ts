import { expect, test } from 'vitest'
import { createSeqByUser } from './seq-by-user.ts'

test('it knows who has a place, also far beyond the ids before', () => {
  const seqs = createSeqByUser()
  for (const [userId, seq] of [
    [7, 1],
    [5_000, 2],
    [1, 3],
  ] as const)
    seqs.set(userId, seq)
  expect([1, 2, 7, 5_000, 5_001, 1_000_000].map((userId) => seqs.get(userId))).toEqual([
    3,
    undefined,
    1,
    2,
    undefined,
    undefined,
  ])
  expect([seqs.has(7), seqs.has(8), seqs.has(1_000_000)]).toEqual([true, false, false])
})
