import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A wire that can be cut: forwards TCP to one port, and can refuse, break or silence what goes through it. */
export type TcpProxy = {
  readonly port: number
  /** Breaks every connection and refuses new ones. */
  cut(): void
  /** Keeps the connections and carries nothing more on them, as a lost network does; new ones hang too. */
  stall(): void
  /** Lets new connections through. Stalled ones stay silent. */
  restore(): void
  close(): Promise<void>
}

export async function createTcpProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  let mode: 'open' | 'cut' | 'stalled' = 'open'

  function follow(socket: Socket) {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  }

  const server = createServer((client) => {
    follow(client)
    if (mode === 'cut') return void client.destroy()
    if (mode === 'stalled') return
    const broker = connect(target)
    follow(broker)
    client.pipe(broker)
    broker.pipe(client)
    client.on('close', () => broker.destroy())
    broker.on('close', () => client.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      mode = 'cut'
      for (const socket of sockets) socket.destroy()
    },
    stall() {
      mode = 'stalled'
      for (const socket of sockets) {
        socket.unpipe()
        socket.pause()
      }
    },
    restore() {
      mode = 'open'
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
