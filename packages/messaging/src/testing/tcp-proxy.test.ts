import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { until } from '@ev/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTcpProxy, type TcpProxy } from './tcp-proxy.ts'

let echo: Server
let heard: string
let proxy: TcpProxy
let clients: Caller[]

beforeEach(async () => {
  heard = ''
  clients = []
  echo = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (data) => {
      heard += data.toString()
      socket.write(data)
    })
  }).listen(0, '127.0.0.1')
  await once(echo, 'listening')
  proxy = await createTcpProxy({ host: '127.0.0.1', port: (echo.address() as AddressInfo).port })
})
afterEach(async () => {
  for (const { socket } of clients) socket.destroy()
  await proxy.close()
  echo.close()
})

type Caller = { readonly socket: Socket; got(): string; say(text: string): void }

function call(): Caller {
  const socket = connect(proxy.port, '127.0.0.1')
  let text = ''
  socket.on('error', () => {})
  socket.on('data', (data) => {
    text += data.toString()
  })
  const caller = { socket, got: () => text, say: (said: string) => void socket.write(said) }
  clients.push(caller)
  return caller
}

const eventually = (condition: () => boolean) => until(condition, { timeoutMs: 5_000 })

async function answered(text: string): Promise<Caller> {
  const caller = call()
  caller.say(text)
  await eventually(() => caller.got() === text)
  return caller
}

test('what is cut ends, and a new connection goes through after restoring', async () => {
  const caller = await answered('one')
  proxy.cut()
  await eventually(() => caller.socket.destroyed)
  const refused = call()
  await eventually(() => refused.socket.destroyed)
  proxy.restore()
  await answered('two')
})

test('breaks in the middle of what is said, after exactly so many bytes', async () => {
  const caller = await answered('one')
  const broken = proxy.cutAfter(3, 'to_client')
  caller.say('abcdef')
  await broken
  await eventually(() => caller.socket.destroyed)
  expect(caller.got()).toBe('oneabc')
  expect(heard).toBe('oneabcdef')
})

test('an answer that is lost whole has reached the server as a question', async () => {
  const caller = await answered('one')
  const broken = proxy.cutAfter(0, 'to_client')
  caller.say('pay')
  await broken
  expect(heard).toBe('onepay')
  expect(caller.got()).toBe('one')
})

test('one direction may be silent while the other speaks, and stays so after restoring', async () => {
  const caller = await answered('one')
  proxy.stall('to_client')
  caller.say('two')
  await eventually(() => heard === 'onetwo')
  proxy.restore()
  caller.say('three')
  await eventually(() => heard === 'onetwothree')
  expect(caller.got()).toBe('one')
  expect(caller.socket.destroyed).toBe(false)
  await answered('four')
})

test('a slow wire delivers everything, later', async () => {
  proxy.slowDown(60)
  const startedAt = performance.now()
  await answered('slow')
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(119)
})
