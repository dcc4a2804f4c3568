import type { Fault } from '../fault.ts'
import { brokerIsAway, brokerIsSilent, outOfOrder, poison } from './broker.ts'
import { cacheTroubles } from './cache.ts'
import { apiDiesBeforeItsAnswer } from './crashes.ts'
import { databaseRestarted, lockTroubles, poolExhausted } from './database.ts'
import { diskFull, fileLocked } from './embedded-database.ts'
import { leaderDies } from './leader.ts'
import { twoNetworkWriters } from './network.ts'
import { relayDiesBeforeItsMark } from './relay-crash.ts'
import { drains } from './shutdown.ts'
import { workerDiesBeforeItsAck } from './worker-crash.ts'

/** Every fault of the campaign, by its letter. */
export const faults: readonly Fault[] = [
  apiDiesBeforeItsAnswer,
  workerDiesBeforeItsAck,
  relayDiesBeforeItsMark,
  brokerIsAway,
  brokerIsSilent,
  poison,
  twoNetworkWriters,
  lockTroubles,
  poolExhausted,
  fileLocked,
  cacheTroubles,
  diskFull,
  outOfOrder,
  drains,
  databaseRestarted,
  leaderDies,
]
