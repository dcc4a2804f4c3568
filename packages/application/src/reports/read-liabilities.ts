import { overviews } from '@ev/db'
import type { Deps } from '../deps.ts'
import { keptForAMinute } from './kept.ts'

/** What the platform owes its members and they owe it, over all wallets, counted at most once a minute; paise. */
export function readLiabilities(deps: Pick<Deps, 'db' | 'cache' | 'log'>): ReturnType<typeof overviews.liabilities> {
  return keptForAMinute(deps, 'reports:liabilities', () => overviews.liabilities(deps.db.read))
}
