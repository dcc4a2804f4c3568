import type { Reader } from './client.ts'
import { directOf } from './tx.ts'

/**
 * A number that has grown whenever anything of any vehicle or picture was committed, the stock included. Triggers count, so that no statement can
 * pass it by; each vehicle has a counter of its own, which only those touch who hold the vehicle's row, so that bookings of different vehicles do not wait.
 */
export async function version(reader: Reader): Promise<number> {
  const [[sum] = []] = await directOf(reader).rows('SELECT SUM(revision) FROM vehicle_revisions', [])
  return Number(sum ?? 0)
}
