import { makePlace } from '@ev/e2e'
import { freePort } from '@ev/testing'
import { type OwnServer, ownServer } from './own-server.ts'

/** A Redis of one's own that keeps nothing: killed and started again it is empty. */
export async function ownRedis(): Promise<OwnServer> {
  const place = makePlace()
  const { folder } = place
  const port = await freePort()
  return ownServer({
    url: `redis://127.0.0.1:${port}`,
    port,
    place,
    command: 'redis-server',
    args: ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder],
  })
}
