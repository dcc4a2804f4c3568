import type { Fault } from '../fault.ts'
import { brokerIsAway, brokerIsSilent, outOfOrder, poison } from './broker.ts'
import { cacheTroubles } from './cache.ts'
import { clockJumps } from './clock.ts'
import { apiDiesBeforeItsAnswer } from './crashes.ts'
import { databaseRestarted, lockTroubles, poolExhausted } from './database.ts'
import { diskFull, fileLocked } from './embedded-database.ts'
import { leaderDies } from './leader.ts'
import { migrationKilled } from './migration.ts'
import { twoNetworkWriters } from './network.ts'
import { queuesDeleted } from './queues.ts'
import { relayDiesBeforeItsMark } from './relay-crash.ts'
import { drains } from './shutdown.ts'
import { crashAtEveryAwait } from './simulation.ts'
import { workerDiesBeforeItsAck } from './worker-crash.ts'

/** Every fault of the campaign, by its letter. */
export const faults: readonly Fault[] = [
  apiDiesBeforeItsAnswer,
  workerDiesBeforeItsAck,
  relayDiesBeforeItsMark,
  brokerIsAway,
  brokerIsSilent,
  queuesDeleted,
  poison,
  twoNetworkWriters,
  lockTroubles,
  poolExhausted,
  fileLocked,
  cacheTroubles,
  clockJumps,
  diskFull,
  outOfOrder,
  crashAtEveryAwait,
  migrationKilled,
  drains,
  databaseRestarted,
  leaderDies,
]
