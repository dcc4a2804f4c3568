import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { freePort, isListening } from './ports.ts'

test('a free port is one that nobody listens on until somebody does', async () => {
  const port = await freePort()
  expect(await isListening(port)).toBe(false)
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  expect(await isListening(port)).toBe(true)
  await new Promise((resolve) => server.close(resolve))
  expect(await isListening(port)).toBe(false)
})
