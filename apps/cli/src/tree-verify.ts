import { verifyTree } from '@ev/application'
import { verifierCommand } from './report-differences.ts'

// `pnpm tree:verify [--json] [--at-rest]`: replays the placement log and the pairs.
await verifierCommand('Tree', verifyTree)
