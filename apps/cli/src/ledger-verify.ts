import { verifyLedger } from '@ev/application'
import { verifierCommand } from './report-differences.ts'

// `pnpm ledger:verify [--json] [--at-rest]`: recomputes every figure from the journal.
await verifierCommand('Ledger', verifyLedger)
