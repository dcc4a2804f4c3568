import { directOf, type Tx } from '../tx.ts'
import type { DirectValue } from './direct.ts'
import { columnOf } from './table.ts'

/** Fields of a row as the generated client names them; one that is undefined is left to the column's default. */
type Values = Readonly<Record<string, DirectValue | undefined>>

/** Inserts a row past Prisma's client, which would read it again, and answers its id. */
export async function insertRow(tx: Tx, table: string, row: Values): Promise<number> {
  const fields = fieldsOf(row)
  const marks = fields.map(() => '?').join()
  const sql = `INSERT INTO ${table} (${fields.map(columnOf).join()}) VALUES (${marks})`
  const { insertId } = await directOf(tx).run(sql, valuesOf(row, fields))
  return insertId
}

/** Changes one row by its id; one that is missing is a fault. */
export async function updateRow(tx: Tx, table: string, id: number, changes: Values): Promise<void> {
  const fields = fieldsOf(changes)
  const settings = fields.map((field) => `${columnOf(field)} = ?`).join(', ')
  const sql = `UPDATE ${table} SET ${settings} WHERE id = ?`
  const { affected } = await directOf(tx).run(sql, [...valuesOf(changes, fields), id])
  if (affected !== 1) throw new Error(`There is no row ${id} in ${table} to change.`)
}

const fieldsOf = (row: Values) => Object.keys(row).filter((field) => row[field] !== undefined)

const valuesOf = (row: Values, fields: readonly string[]) => fields.map((field) => row[field] ?? null)
