import { PrismaMariaDb } from '@prisma/adapter-mariadb'
import Sqlite from 'better-sqlite3'
import { sqliteFile } from '../database-url.ts'
import { asTold } from '../direct/mysql-direct.ts'
import { poolOptions } from '../mysql/connection-options.ts'
import * as statements from './bare-statements.ts'

/**
 * The statements of a few requests, sent by the driver alone as fast as it can: what the platform's own way to the database is held
 * against. Their rows are not looked at.
 */
export type BareDriver = {
  readWallet(sessionId: number): Promise<void>
  readBookings(sessionId: number): Promise<void>
  /** Pays 500 rupees towards a booking that has received nothing yet. On MySQL only. */
  makePayment(bookingId: number): Promise<void>
  /** Reads every line of the journal once, in pages of 20,000, and answers how many there are. */
  readJournal(): Promise<number>
  close(): Promise<void>
}

export async function openBareDriver(url: string): Promise<BareDriver> {
  return url.startsWith('mysql://') ? openMysql(url) : openSqlite(sqliteFile(url))
}

function openSqlite(file: string): BareDriver {
  const database = new Sqlite(file, { readonly: true })
  database.defaultSafeIntegers(true)
  const prepared = new Map<string, Sqlite.Statement>()
  const rowsOf = (sql: string, values: readonly unknown[]) => {
    const statement = prepared.get(sql) ?? database.prepare(sql).raw()
    prepared.set(sql, statement)
    return statement.all(...values) as unknown[][]
  }
  return {
    async readWallet(sessionId) {
      const userId = rowsOf(statements.session, [sessionId])[0]?.[0]
      rowsOf(statements.wallet, [userId])
    },
    async readBookings(sessionId) {
      const userId = rowsOf(statements.session, [sessionId])[0]?.[0]
      rowsOf(statements.vehicles, vehicleIdsOf(rowsOf(statements.bookings, [userId, userId])))
    },
    makePayment: () => Promise.reject(new Error('The bare driver pays on MySQL only.')),
    readJournal: () => readJournalBy(async (sql, values) => rowsOf(sql, values)),
    async close() {
      database.close()
    },
  }
}

async function readJournalBy(
  rowsOf: (sql: string, values: readonly unknown[]) => Promise<unknown[][]>,
): Promise<number> {
  let count = 0
  for (let after: unknown = 0; ; ) {
    const rows = await rowsOf(statements.journalLines, [after])
    count += rows.length
    if (rows.length < statements.journalLinesOfPage) return count
    after = rows.at(-1)![0]
  }
}

function vehicleIdsOf(rows: readonly unknown[][]): unknown[] {
  const ids = [...new Set(rows.map(([vehicleId]) => vehicleId))]
  return Array.from({ length: statements.vehiclesOfPage }, (_, at) => ids[at] ?? ids.at(-1))
}

const poolSize = 10

async function openMysql(url: string): Promise<BareDriver> {
  const pool = (await new PrismaMariaDb({ ...poolOptions(url, { poolSize }), ...asTold }).connect()).underlyingDriver()
  const rowsOf = (sql: string, values: readonly unknown[]) => pool.execute<unknown[][]>(sql, [...values])
  return {
    async readWallet(sessionId) {
      const [session] = await rowsOf(statements.session, [sessionId])
      await rowsOf(statements.wallet, [session?.[0]])
    },
    async readBookings(sessionId) {
      const [session] = await rowsOf(statements.session, [sessionId])
      const rows = await rowsOf(statements.bookings, [session?.[0], session?.[0]])
      await rowsOf(statements.vehicles, vehicleIdsOf(rows))
    },
    async makePayment(bookingId) {
      const connection = await pool.getConnection()
      try {
        const run = (sql: string, values: readonly unknown[]) => connection.execute(sql, [...values])
        await connection.query('BEGIN')
        await payBy(run, bookingId)
        await connection.query('COMMIT')
      } finally {
        await connection.release()
      }
    },
    readJournal: () => readJournalBy(rowsOf),
    close: () => pool.end(),
  }
}

type Run = (sql: string, values: readonly unknown[]) => Promise<unknown>

const paise = 50_000n

async function payBy(run: Run, bookingId: number): Promise<void> {
  const { payment: pay } = statements
  const now = new Date()
  const [booking] = (await run(pay.lockBooking, [bookingId])) as [unknown[]]
  const userId = booking[0]
  await run(pay.lockUser, [userId])
  await run(pay.currentPlan, [now])
  const id = Number(((await run(pay.insertPayment, [bookingId, userId, paise, now, now, now])) as Inserted).insertId)
  await run(pay.updateBooking, [paise, now, now, bookingId])
  const key = `payment:${id}`
  const entry = Number(((await run(pay.insertEntry, [key, id, userId, now])) as Inserted).insertId)
  await run(pay.insertLines, [entry, -paise, entry, bookingId, paise])
  await run(pay.updateUser, [now, userId])
  await run(pay.markBonuses, [now, bookingId])
  await run(pay.paidByMethod, [userId])
  await run(pay.insertMessages, [crypto.randomUUID(), now, crypto.randomUUID(), now])
}

type Inserted = { readonly insertId: bigint | number }
