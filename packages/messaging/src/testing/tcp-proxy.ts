import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export type Direction = 'to_server' | 'to_client'

/** A wire that can be cut: forwards TCP to one port, and can refuse, break, silence or slow down what goes through it. */
export type TcpProxy = {
  readonly port: number
  /** Breaks every connection and refuses new ones. */
  cut(): void
  /** Breaks everything as soon as `bytes` more have gone in one direction, in the middle of whatever they belong to. Resolves when that has happened. */
  cutAfter(bytes: number, direction: Direction): Promise<void>
  /** Keeps the connections and carries nothing more on them, as a lost network does; new ones hang too. One direction, or both. */
  stall(direction?: Direction): void
  /** Every piece of data waits so long before it goes on, in both directions. */
  slowDown(delayMs: number): void
  /** Lets new connections through at full speed. Stalled ones stay silent. */
  restore(): void
  close(): Promise<void>
}

/** One accepted connection, and the directions in which nothing goes through it any more. */
type Line = { readonly ends: readonly [Socket, Socket]; readonly silent: Set<Direction> }

type Budget = { left: number; readonly direction: Direction; readonly spent: () => void }

const bothDirections = ['to_server', 'to_client'] as const

export async function createTcpProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  const lines = new Set<Line>()
  const stalled = new Set<Direction>()
  let isCut = false
  let delayMs = 0
  let budget: Budget | null = null

  function follow(socket: Socket) {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  }

  function cut() {
    isCut = true
    for (const socket of sockets) socket.destroy()
  }

  async function carry({ ends, silent }: Line, direction: Direction) {
    const [from, to] = direction === 'to_server' ? ends : [ends[1], ends[0]]
    try {
      for await (const chunk of from as AsyncIterable<Buffer>) {
        if (delayMs > 0) await pause(delayMs)
        // What is silent stays so until its ends are destroyed.
        if (silent.has(direction)) await new Promise(() => {})
        if (budget?.direction === direction) await spend(budget, { chunk, to })
        else if (!to.write(chunk)) await once(to, 'drain')
      }
      to.end()
    } catch {
      to.destroy()
    }
  }

  async function spend(on: Budget, { chunk, to }: { chunk: Buffer; to: Socket }) {
    const part = chunk.subarray(0, on.left)
    on.left -= part.length
    await new Promise((written) => to.write(part, written))
    if (on.left > 0 || budget !== on) return
    budget = null
    cut()
    on.spent()
  }

  function open(client: Socket) {
    const upstream = connect(target)
    follow(upstream)
    const line: Line = { ends: [client, upstream], silent: new Set(stalled) }
    lines.add(line)
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => {
      lines.delete(line)
      client.destroy()
    })
    for (const direction of bothDirections) void carry(line, direction)
  }

  const server = createServer((client) => {
    follow(client)
    if (isCut) client.destroy()
    else if (stalled.size < bothDirections.length) open(client)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    port: (server.address() as AddressInfo).port,
    cut,
    cutAfter: (bytes, direction) =>
      new Promise((resolve) => {
        budget = { left: bytes, direction, spent: resolve }
      }),
    stall(direction) {
      for (const each of direction === undefined ? bothDirections : [direction]) {
        stalled.add(each)
        for (const { silent } of lines) silent.add(each)
      }
    },
    slowDown(ms) {
      delayMs = ms
    },
    restore() {
      isCut = false
      delayMs = 0
      stalled.clear()
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
