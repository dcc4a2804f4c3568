/** Which of the two legs below a member. */
export type Side = 'left' | 'right'

/** A free or taken place in the tree: the member above and the side below that member. */
export type Slot = { readonly parent: number; readonly side: Side }

/**
 * One member's place in the tree. Members are named by `seq`, their dense placement sequence number (1, 2, 3 …).
 * `qualified` says whether the member counts for pairs from this moment: always under the eligibility `placed`,
 * and under `qualified_sale` when the member already is an Active Buyer.
 */
export type Placement = Slot & {
  readonly seq: number
  readonly sponsor: number
  readonly qualified: boolean
}

/** A placement as it is stored. A root has neither parent nor side, and may have no sponsor. */
export type PlacementRecord = {
  readonly seq: number
  readonly sponsor: number | null
  readonly parent: number | null
  readonly side: Side | null
  readonly qualified: boolean
}
