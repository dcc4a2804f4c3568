import { verifyAndRecord, verifyLedger } from '@ev/application'
import { verifierCommand } from './report-differences.ts'

// `pnpm ledger:verify [--json] [--at-rest] [--record]`: recomputes every figure from the journal. With --record it replays the tree too, and its
// result takes the place of the daily verification's, on which the alarm rests.
if (process.argv.includes('--record')) {
  await verifierCommand('Ledger and tree', async (deps, options) => (await verifyAndRecord(deps, options)).differences)
} else {
  await verifierCommand('Ledger', verifyLedger)
}
