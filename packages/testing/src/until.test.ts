import { expect, test } from 'vitest'
import { until } from './until.ts'

test('gives back what the condition gave when it became true', async () => {
  let asked = 0
  expect(await until(() => (++asked > 2 ? `after ${asked}` : null), { timeoutMs: 1000 })).toBe('after 3')
})

test('asks again after a condition that throws', async () => {
  let asked = 0
  const condition = () => {
    asked += 1
    if (asked < 3) throw new Error('not yet')
    return true
  }
  await expect(until(condition, { timeoutMs: 1000 })).resolves.toBe(true)
})

test('fails with what was last said when the time is over', async () => {
  await expect(until(() => 0, { timeoutMs: 30 })).rejects.toThrow('last said: 0')
  const failing = () => Promise.reject(new Error('the door is shut'))
  await expect(until(failing, { timeoutMs: 30 })).rejects.toThrow('the door is shut')
})
