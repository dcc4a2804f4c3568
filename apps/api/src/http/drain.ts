import { once } from 'node:events'
import type { Server } from 'node:http'
import { Server as TcpServer } from 'node:net'

/**
 * Ends a server without cutting anyone off. New connections are refused at once; on those that are kept, every answer from now on says that it is the
 * last. A connection on which nobody asks anything for `graceMs` is closed then: closing it at once would meet the request that its
 * client is just sending. Resolves when all are gone.
 */
export async function drain(server: Server, { graceMs }: { graceMs: number }): Promise<void> {
  const closed = once(server, 'close')
  server.prependListener('request', (_request, response) => {
    response.shouldKeepAlive = false
  })
  // Not the close of an HTTP server, which begins with the kept connections.
  TcpServer.prototype.close.call(server)
  const impatience = setTimeout(() => server.closeIdleConnections(), graceMs)
  await closed
  clearTimeout(impatience)
}
