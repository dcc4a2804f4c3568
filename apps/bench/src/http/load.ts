import { Agent, request as open } from 'node:http'

/** A request, and the status that its answer must have: a benchmark of refusals would be a fast one. */
export type Ask = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly authorization?: string
  readonly body?: object
  readonly status: number
}

export type Callers = {
  /** Sends `count` requests, each caller its next one when the last was answered, and answers how long that took. */
  send(asks: (index: number) => Ask, count: number, answered?: (body: string) => void): Promise<{ seconds: number }>
  /** One request and the body of its answer. */
  ask(ask: Ask): Promise<string>
  close(): void
}

/**
 * So many callers with kept connections, spread evenly over the servers. Each comes from an address of its own, as members do: limits are counted by
 * address, and one address alone would reach the largest there can be.
 */
export function createCallers({ ports, count }: { ports: readonly number[]; count: number }): Callers {
  const agents = Array.from({ length: count }, () => new Agent({ keepAlive: true, maxSockets: 1 }))
  const askAs = (caller: number, ask: Ask) =>
    exchange(
      { port: ports[caller % ports.length]!, agent: agents[caller]!, localAddress: `127.0.1.${caller + 1}` },
      ask,
    )

  return {
    async send(asks, total, answered = () => {}) {
      let next = 0
      const startedAt = performance.now()
      await Promise.all(
        Array.from({ length: count }, async (_, caller) => {
          while (next < total) {
            const index = next
            next += 1
            answered(await askAs(caller, asks(index)))
          }
        }),
      )
      return { seconds: (performance.now() - startedAt) / 1_000 }
    },
    ask: (ask) => askAs(0, ask),
    close() {
      for (const agent of agents) agent.destroy()
    },
  }
}

function exchange(to: { port: number; agent: Agent; localAddress: string }, ask: Ask): Promise<string> {
  const body = ask.body === undefined ? undefined : JSON.stringify(ask.body)
  const headers = {
    ...(ask.authorization !== undefined && { Authorization: ask.authorization }),
    ...(body !== undefined && { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }),
  }
  return new Promise((resolve, reject) => {
    const sent = open({ ...to, host: '127.0.0.1', method: ask.method, path: ask.path, headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        if (answer.statusCode === ask.status) resolve(text)
        else reject(new Error(`${ask.method} ${ask.path} answered ${answer.statusCode}: ${text.slice(0, 500)}`))
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
