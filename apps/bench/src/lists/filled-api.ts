import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { apiConfig, apiOptions, startApi } from '@ev/api'
import { createAccount, openPlatform, prepareDatabase } from '@ev/application'
import { emailOf, fillLargeDatabase, fullSize, removeLargeDatabase, smallSize } from '@ev/db/testing/large-database'
import { createLogger, parseConfig, systemClock } from '@ev/runtime'
import type { BenchmarkOptions } from '../benchmark.ts'

export type Reader = {
  readonly role: string
  /** Asks the API and answers the JSON; fails on any answer but 200. */
  get(path: string): Promise<Record<string, unknown>>
  /** The status of the answer alone. */
  statusOf(path: string): Promise<number>
}

const server = process.env['BENCH_MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306'

/** The whole API over HTTP on a large database of its own, for the member with the longest lists and for an admin; removed afterwards. */
export async function withFilledApi<T>(
  { isQuick, progress }: BenchmarkOptions,
  use: (readers: readonly Reader[]) => Promise<T>,
): Promise<T> {
  const url = new URL(`/ev_bench_${randomBytes(6).toString('hex')}`, server).href
  const folder = mkdtempSync(join(tmpdir(), 'ev-bench-'))
  try {
    const logger = createLogger({ level: 'error', pretty: false })
    await prepareDatabase({ url, logger, clock: systemClock })
    const size = isQuick ? smallSize : fullSize
    await fillLargeDatabase(url, size, { onTable: (table, count) => progress(`${count} rows of ${table}`) })
    const variables = { DATABASE_URL: url, DATA_DIR: folder, RATE_LIMIT_ENABLED: 'false', LOG_LEVEL: 'error' }
    const config = parseConfig(apiConfig, variables)
    const platform = await openPlatform(config, { logger })
    const api = await startApi(platform, { ...apiOptions(config), host: '127.0.0.1', port: 0 })
    const base = `http://127.0.0.1:${api.port}/api`
    try {
      const email = 'bench-admin@example.com'
      const account = {
        firstName: 'Bench',
        lastName: 'Admin',
        role: 'admin',
        isSuperuser: true,
        createdById: null,
      } as const
      await createAccount(platform.deps, { identifier: { type: 'email', value: email }, ...account })
      const codeFor = (to: string) => /\d{6}/.exec(platform.mailbox?.list(to)[0]?.text ?? '')?.[0] ?? ''
      return await use([
        await logIn({ base, codeFor, role: 'member', email: emailOf(1) }),
        await logIn({ base, codeFor, role: 'admin', email }),
      ])
    } finally {
      await api.close()
      await platform.close()
    }
  } finally {
    await removeLargeDatabase(url)
    rmSync(folder, { recursive: true })
  }
}

async function logIn(who: {
  base: string
  codeFor: (to: string) => string
  role: string
  email: string
}): Promise<Reader> {
  const { base, role } = who
  const post = (path: string, body: object) =>
    fetch(`${base}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
  const identity = { identifier: who.email, otp_type: 'email' }
  await post('/auth/send-otp/', identity)
  const answer = await post('/auth/verify-otp/', { ...identity, otp_code: who.codeFor(who.email) })
  const { access_token } = (await answer.json()) as { access_token: string }
  const ask = (path: string) => fetch(`${base}${path}`, { headers: { Authorization: `Bearer ${access_token}` } })
  return {
    role,
    async get(path) {
      const response = await ask(path)
      const body = (await response.json()) as Record<string, unknown>
      if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${JSON.stringify(body)}`)
      return body
    },
    async statusOf(path) {
      const response = await ask(path)
      await response.arrayBuffer()
      return response.status
    },
  }
}
