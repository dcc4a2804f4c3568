import { settingTable } from './direct/tables.ts'
import type { Prisma, Setting } from './generated/sqlite/client.ts'
import { lockRows } from './locks.ts'
import { isUniqueViolation } from './transient-errors.ts'
import { directOf, type Reader, type Tx } from './tx.ts'

export type SettingRow = Setting

/** One setting as it was last written, or null when it never was. */
export async function find(reader: Reader | Tx, key: string): Promise<SettingRow | null> {
  const [row] = await directOf(reader).rows(settingByKey, [key])
  return row === undefined ? null : settingTable.read(row)
}

const settingByKey = `SELECT ${settingTable.columns('settings')} FROM settings WHERE \`key\` = ?`

/** Locks a setting and answers it; one that was never written begins with `initial`, so that two first writers wait for each other. */
export async function lock(
  tx: Tx,
  key: string,
  { initial, now }: { initial: Prisma.InputJsonValue; now: Date },
): Promise<SettingRow> {
  try {
    await tx.setting.createMany({ data: [{ key, value: initial, updatedAt: now }] })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
  }
  await lockRows(tx, 'settings', [key])
  return tx.setting.findUniqueOrThrow({ where: { key } })
}

export async function save(
  tx: Tx,
  key: string,
  { value, updatedById, now }: { value: Prisma.InputJsonValue; updatedById: number | null; now: Date },
): Promise<void> {
  await tx.setting.update({ where: { key }, data: { value, updatedById, updatedAt: now } })
}
