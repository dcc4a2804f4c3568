import type { Fault } from '../fault.ts'
import { brokerIsAway } from './broker.ts'
import { apiDiesBeforeItsAnswer } from './crashes.ts'
import { twoNetworkWriters } from './network.ts'

/** Every fault of the campaign, by its letter. */
export const faults: readonly Fault[] = [apiDiesBeforeItsAnswer, brokerIsAway, twoNetworkWriters].sort((a, b) =>
  a.letter.localeCompare(b.letter),
)
