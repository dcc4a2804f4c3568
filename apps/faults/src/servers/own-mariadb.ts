import { execFile } from 'node:child_process'
import { userInfo } from 'node:os'
import { promisify } from 'node:util'
import { makePlace } from '@ev/e2e'
import { freePort } from '@ev/testing'
import { type OwnServer, ownServer } from './own-server.ts'

/** A MariaDB of one's own, durable as in production; `settings` are options of the server. */
export async function ownMariaDb(settings: readonly string[] = []): Promise<OwnServer> {
  const place = makePlace()
  const { folder } = place
  const port = await freePort()
  const user = `--user=${userInfo().username}`
  const data = `--datadir=${folder}/data`
  await promisify(execFile)('mariadb-install-db', [
    '--no-defaults',
    user,
    data,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
  ])
  return ownServer({
    url: `mysql://root@127.0.0.1:${port}`,
    port,
    place,
    command: 'mariadbd',
    args: [
      '--no-defaults',
      user,
      data,
      `--port=${port}`,
      `--socket=${folder}/socket`,
      '--bind-address=127.0.0.1',
      '--skip-name-resolve',
      '--innodb-flush-log-at-trx-commit=1',
      '--innodb-buffer-pool-size=64M',
      ...settings,
    ],
  })
}
