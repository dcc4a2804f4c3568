import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from '@ev/runtime'
import type { Registry } from 'prom-client'

/**
 * Answers `/metrics` and `/health/live`, and nothing else. It has no limits and no identity, so it listens where only the operator's own network
 * reaches it.
 */
export async function serveMetrics(
  registry: Registry,
  { host, port, log }: { host: string; port: number; log: Pick<Logger, 'error'> },
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    try {
      if (request.method !== 'GET') response.writeHead(405, { Allow: 'GET' }).end()
      else if (request.url === '/health/live')
        response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"status":"ok"}')
      else if (request.url === '/metrics') {
        const text = await registry.metrics()
        response.writeHead(200, { 'Content-Type': registry.contentType }).end(text)
      } else response.writeHead(404).end()
    } catch (error) {
      log.error({ err: error }, 'The metrics could not be told')
      response.writeHead(500).end()
    }
  })
  server.listen(port, host)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
