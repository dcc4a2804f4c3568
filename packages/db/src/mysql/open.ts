import { type Engine, maxWaitingTransactions } from '../engine.ts'
import { createGate } from '../gate.ts'
import { PrismaClient as MysqlClient } from '../generated/mysql/client.ts'
import type { PrismaClient } from '../generated/sqlite/client.ts'
import { inLateTransaction } from '../late-transaction.ts'
import { databaseName, poolOptions } from './connection-options.ts'
import { guardedAdapter } from './guarded-adapter.ts'

/**
 * Opens a pool of `poolSize` connections (at least 4). Transactions beyond what the pool holds wait at a gate, because
 * Prisma fails those that wait for long; two connections stay free for plain reads.
 */
export async function openMysql(
  url: string,
  { poolSize, onStatement }: { poolSize: number; onStatement: (sql: string) => void },
): Promise<Engine> {
  if (poolSize < 4) throw new Error('The connection pool needs at least 4 connections.')
  const adapter = guardedAdapter(poolOptions(url, { poolSize }), { database: databaseName(url), onStatement })
  // The one place where the MySQL client is given the SQLite client's type, which is the smaller one.
  const mysql = new MysqlClient({ adapter, errorFormat: 'minimal' })
  const client = mysql as unknown as PrismaClient
  await client.$connect()
  await client.$queryRaw`SELECT 1`
  const late = { client, handOver: adapter.handOver }
  const turn = createGate({ permits: poolSize - 2, maxWaiting: maxWaitingTransactions })
  return {
    provider: 'mysql',
    reader: client,
    direct: adapter.direct(),
    begin: (work, options) =>
      turn.run(async () => inLateTransaction(await adapter.begin(), { ...late, ...options }, work)),
    // The state that its first statement sees is what all of its statements see.
    snapshot: (read, options) =>
      turn.run(async () => inLateTransaction(await adapter.begin('REPEATABLE READ'), { ...late, ...options }, read)),
    load: turn.load,
    close: () => client.$disconnect(),
  }
}
