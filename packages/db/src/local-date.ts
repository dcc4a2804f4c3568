import { Prisma } from './generated/sqlite/client.ts'
import { providerOf, type Reader } from './tx.ts'

const istOffsetMinutes = 330
const forms = { day: '%Y-%m-%d', month: '%Y-%m' } as const

/** The day or month in India of a column. Asia/Kolkata has no daylight saving. */
export function localDate(reader: Reader, column: Prisma.Sql, unit: 'day' | 'month'): Prisma.Sql {
  const form = Prisma.raw(`'${forms[unit]}'`)
  return providerOf(reader) === 'mysql'
    ? Prisma.sql`DATE_FORMAT(DATE_ADD(${column}, INTERVAL ${Prisma.raw(String(istOffsetMinutes))} MINUTE), ${form})`
    : Prisma.sql`strftime(${form}, ${column}, ${Prisma.raw(`'+${istOffsetMinutes} minutes'`)})`
}
