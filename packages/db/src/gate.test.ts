import { expect, test } from 'vitest'
import { createGate } from './gate.ts'

test('lets so many run at once, the others in the order they came', async () => {
  const gate = createGate({ permits: 2, maxWaiting: 10 })
  const began: number[] = []
  let running = 0
  let most = 0
  const task = (index: number) => async () => {
    began.push(index)
    running += 1
    most = Math.max(most, running)
    await Promise.resolve()
    running -= 1
    if (index === 1) throw new Error('one fails')
    return index
  }
  const answers = await Promise.allSettled(Array.from({ length: 6 }, (_, index) => gate.run(task(index))))
  expect(began).toEqual([0, 1, 2, 3, 4, 5])
  expect(most).toBe(2)
  expect(answers.map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
    'fulfilled',
    'fulfilled',
  ])
})

test('turns away what comes when the queue is full', async () => {
  const gate = createGate({ permits: 1, maxWaiting: 1 })
  let finish = () => {}
  const first = gate.run(() => new Promise<void>((resolve) => (finish = resolve)))
  const second = gate.run(async () => 'second')
  await expect(gate.run(async () => 'third')).rejects.toThrow('More than 1 transactions are waiting')
  finish()
  await first
  expect(await second).toBe('second')
})
