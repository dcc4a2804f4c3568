import type { PrismaMariaDb } from '@prisma/adapter-mariadb'

/** The options of a mariadb connection pool, as the adapter takes them. */
export type PoolOptions = Exclude<ConstructorParameters<typeof PrismaMariaDb>[0], string | { getConnection: unknown }>

/**
 * Reads `mysql://user:password@host:port/database?ssl=true&allowPublicKeyRetrieval=true`. Other parameters are refused, so
 * that a setting that does nothing is noticed.
 */
export function poolOptions(url: string, { poolSize }: { poolSize: number }): PoolOptions {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url)
  const flags = readFlags(searchParams)
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? 3306 : Number(port),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    ...(pathname.length > 1 ? { database: databaseName(url) } : {}),
    ...flags,
    connectionLimit: poolSize,
    acquireTimeout: 30_000,
    connectTimeout: 10_000,
    prepareCacheLength: 256,
    collation: 'UTF8MB4_UNICODE_CI',
    // Instants are stored as UTC. With READ COMMITTED a read that follows a locking read sees what the lock waited for.
    // Strict mode refuses what does not fit instead of truncating it.
    initSql: [
      "SET time_zone = '+00:00'",
      'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
      "SET sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'",
    ],
  }
}

/** The database that a `mysql://` URL names. */
export function databaseName(url: string): string {
  const name = decodeURIComponent(new URL(url).pathname.slice(1))
  if (!/^\w{1,64}$/.test(name))
    throw new Error('The database URL must name a database of letters, digits and underscores.')
  return name
}

function readFlags(parameters: URLSearchParams): { ssl?: boolean; allowPublicKeyRetrieval?: boolean } {
  const flags: { ssl?: boolean; allowPublicKeyRetrieval?: boolean } = {}
  for (const [name, value] of parameters) {
    if (name !== 'ssl' && name !== 'allowPublicKeyRetrieval') {
      throw new Error(`The database URL has the parameter "${name}", which is not supported.`)
    }
    flags[name] = value === 'true'
  }
  return flags
}
