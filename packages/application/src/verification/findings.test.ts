import { times } from '@ev/testing'
import { expect, test } from 'vitest'
import { findings } from './findings.ts'

test('what is equal is not reported, what differs is, with both values', () => {
  const found = findings()
  found.expectEqual('wallet.balance', 'wallet 1', { expected: 5n, actual: 5n })
  found.expectEqual('wallet.balance', 'wallet 2', { expected: 5n, actual: 4n })
  expect(found.differences).toEqual([{ check: 'wallet.balance', subject: 'wallet 2', expected: '5', actual: '4' }])
})

test('a number and a bigint are never taken for equal', () => {
  const found = findings()
  found.expectEqual('wallet.balance', 'wallet 1', { expected: 5n, actual: 5 })
  expect(found.differences).toHaveLength(1)
})

test('one check that fails everywhere does not hide another', () => {
  const found = findings<string>()
  times(2_000, (n) => found.expectEqual('a.check', `row ${n}`, { expected: 1, actual: 2 }))
  found.expectEqual('another.check', 'row 1', { expected: 1, actual: 2 })
  expect(found.differences).toHaveLength(1_001)
  expect(found.differences.at(-1)!.check).toBe('another.check')
})
