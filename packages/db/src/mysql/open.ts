import { type Engine, maxWaitingTransactions, maxWaitMs } from '../engine.ts'
import { createGate } from '../gate.ts'
import { PrismaClient as MysqlClient } from '../generated/mysql/client.ts'
import type { Prisma, PrismaClient } from '../generated/sqlite/client.ts'
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
  const turn = createGate({ permits: poolSize - 2, maxWaiting: maxWaitingTransactions })
  return {
    provider: 'mysql',
    reader: client,
    direct: adapter.direct(),
    begin: (work, { timeoutMs }) =>
      turn.run(() =>
        adapter.beginning((direct) =>
          client.$transaction((tx) => work(tx, direct()), { maxWait: maxWaitMs, timeout: timeoutMs }),
        ),
      ),
    // The state that its first statement sees is what all of its statements see.
    snapshot: (read, { timeoutMs }) =>
      turn.run(() =>
        adapter.beginning((direct) =>
          mysql.$transaction((tx) => read(tx as unknown as Prisma.TransactionClient, direct()), {
            isolationLevel: 'RepeatableRead',
            maxWait: maxWaitMs,
            timeout: timeoutMs,
          }),
        ),
      ),
    load: turn.load,
    close: () => client.$disconnect(),
  }
}
