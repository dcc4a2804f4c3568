import { once } from 'node:events'
import { Agent, createServer, get, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { times, until } from '@ev/testing'
import { expect, test } from 'vitest'
import { drain } from './drain.ts'

async function aServer(answerAfterMs: number): Promise<{ server: Server; port: number }> {
  const server = createServer((_request, response) => setTimeout(() => response.end('done'), answerAfterMs))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, port: (server.address() as AddressInfo).port }
}

async function ask(port: number, agent: Agent): Promise<string> {
  const [response] = (await once(get({ host: '127.0.0.1', port, agent }), 'response')) as [IncomingMessage]
  response.resume()
  await once(response, 'end')
  return response.headers.connection ?? ''
}

test('callers that keep their connections busy are all answered, and then find nobody', async () => {
  const { server, port } = await aServer(2)
  const failures: string[] = []
  let answers = 0
  const caller = async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    for (;;) {
      try {
        await ask(port, agent)
        answers += 1
      } catch (error) {
        failures.push((error as NodeJS.ErrnoException).code ?? String(error))
        return agent.destroy()
      }
    }
  }
  const callers = times(20, caller)
  await until(() => answers > 200, { timeoutMs: 10_000 })
  await drain(server, { graceMs: 5_000 })
  await Promise.all(callers)
  expect(failures).toEqual(times(20, () => 'ECONNREFUSED'))
})

test('the answer that is under way is the last, and a connection that asks nothing more is closed after the grace', async () => {
  const { server, port } = await aServer(30)
  const idle = new Agent({ keepAlive: true })
  expect(await ask(port, idle)).toBe('keep-alive')
  const busy = new Agent({ keepAlive: true })
  await ask(port, busy)
  const ended = drain(server, { graceMs: 100 })
  expect(await ask(port, busy)).toBe('close')
  await ended
  await expect(ask(port, new Agent())).rejects.toThrow('ECONNREFUSED')
})
