import { EventEmitter } from 'node:events'
import { expect, test, vi } from 'vitest'
import { createLifecycle, shutdownOnSignals } from './lifecycle.ts'
import { createLogger } from './logger.ts'

const logger = createLogger({ level: 'silent', pretty: false })

function fakeProcess() {
  const exits: number[] = []
  const emitter = new EventEmitter()
  return { exits, emitter, source: { on: emitter.on.bind(emitter), exit: (code: number) => void exits.push(code) } }
}

test('closes in the reverse order of opening, one at a time, once', async () => {
  const order: string[] = []
  const lifecycle = createLifecycle({ logger })
  lifecycle.onShutdown('database', () => order.push('database'))
  lifecycle.onShutdown('server', async () => {
    await Promise.resolve()
    order.push('server')
  })
  expect(await Promise.all([lifecycle.shutdown('test'), lifecycle.shutdown('again')])).toEqual([true, true])
  expect(order).toEqual(['server', 'database'])
})

test('a closer that fails does not stop the others', async () => {
  const closed = vi.fn()
  const lifecycle = createLifecycle({ logger })
  lifecycle.onShutdown('database', closed)
  lifecycle.onShutdown('server', () => {
    throw new Error('stuck')
  })
  expect(await lifecycle.shutdown('test')).toBe(false)
  expect(closed).toHaveBeenCalledOnce()
})

test('a closer that never ends is left at the limit', async () => {
  const lifecycle = createLifecycle({ logger, limitMs: 20 })
  lifecycle.onShutdown('server', () => new Promise(() => {}))
  expect(await lifecycle.shutdown('test')).toBe(false)
})

test('a first signal waits for the closers, a second leaves at once', async () => {
  const { exits, emitter, source } = fakeProcess()
  const lifecycle = createLifecycle({ logger })
  let finish = () => {}
  lifecycle.onShutdown('server', () => new Promise<void>((resolve) => (finish = resolve)))
  shutdownOnSignals({ lifecycle, logger, source })
  emitter.emit('SIGTERM')
  expect(exits).toEqual([])
  emitter.emit('SIGINT')
  expect(exits).toEqual([1])
  finish()
  await vi.waitFor(() => expect(exits).toEqual([1, 0]))
})

test('an error that nobody caught ends the process with 1', async () => {
  const { exits, emitter, source } = fakeProcess()
  shutdownOnSignals({ lifecycle: createLifecycle({ logger }), logger, source })
  emitter.emit('unhandledRejection', new Error('lost'))
  await vi.waitFor(() => expect(exits).toEqual([1]))
})
