export { createLineage, type Lineage, type LineageRecord, type Team } from './lineage.ts'
export type { MonthRoll } from './match-pairs.ts'
export { type MemberSearch, memberSearch, type SearchedMember } from './member-search.ts'
export { createNetworkIndex, type NetworkIndex } from './network-index.ts'
export {
  type FlushDecision,
  type LegCounts,
  legCounts,
  type MatchRules,
  type MemberUse,
  type MonthRules,
  type PairDecision,
  type PairRecord,
  pairsPossible,
} from './pairing.ts'
export type { Placement, PlacementRecord, Side, Slot } from './placement.ts'
export type { Children, Legs, NetworkNode } from './read-tree.ts'
export { createNetworkRebuild, rebuildNetworkIndex } from './rebuild.ts'
