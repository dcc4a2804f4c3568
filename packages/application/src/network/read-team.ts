import { teams } from '@ev/db'
import { DomainError, type Lineage, memberSearch, type Side, type Team } from '@ev/domain'
import { type Actor, isStaff } from '../deps.ts'
import { ownNode } from './read-tree.ts'
import { type NetworkReaderDeps, type Sight, sightOf } from './sight.ts'

/** A member of a team: `leg` and `levelsBelow` (1 is directly below) are seen from the node whose team it is. */
export type TeamRow = teams.TeamMember & { readonly leg: Side; readonly levelsBelow: number }

/** Whose team: that of the node `root`, or the actor's own when it is null. */
export type TeamQuestion = { readonly actor: Actor; readonly root: number | null; readonly side?: Side | undefined }

/** Where a page of a walk begins: after a member, or after so many. */
export type TeamPage = { readonly take: number } & ({ readonly after: number } | { readonly skip: number })

/**
 * One page of a team in family order (each member before those below, left before right), and how many it has in all. Refuses with
 * `network.node_not_found`, and for an own team as `ownNode` does.
 */
export async function readTeam(
  deps: NetworkReaderDeps,
  question: TeamQuestion,
  page: TeamPage,
): Promise<{ count: number; rows: TeamRow[] }> {
  const { lineage, team } = await teamOf(deps, question)
  const rows = await teams.findBySeq(deps.db.read, lineage.walk(team, page))
  return { count: lineage.teamSize(team), rows: seenFrom(lineage, team.root, rows) }
}

/** What a search found, in the order of placement; `isComplete` is false when it stopped before it had looked at everything. */
export type Found<Row> = { readonly rows: readonly Row[]; readonly isComplete: boolean }

/** The members of a team whom a text finds. Refuses as `readTeam` does. */
export async function searchTeam(
  deps: NetworkReaderDeps,
  { text, ...question }: TeamQuestion & { text: string },
): Promise<Found<TeamRow>> {
  const { lineage, team } = await teamOf(deps, question)
  const { rows, isComplete } = await search(deps, { lineage, within: team, text, actor: question.actor })
  return { rows: seenFrom(lineage, team.root, rows), isComplete }
}

/** The members whom a text finds: among those below the actor and the actor, everywhere for staff. Nobody for a member without a place. */
export async function searchNodes(
  deps: NetworkReaderDeps,
  { actor, text }: { actor: Actor; text: string },
): Promise<Found<teams.TeamMember>> {
  const sight = await sightOf(deps, actor)
  const { lineage, own, seesAll } = sight
  if (!seesAll && own === null) return { rows: [], isComplete: true }
  return search(deps, { lineage, within: seesAll ? null : { root: own! }, includesRoot: true, text, actor })
}

async function teamOf(
  deps: NetworkReaderDeps,
  { actor, root, side }: TeamQuestion,
): Promise<{ lineage: Lineage; team: Team }> {
  const sight = await sightOf(deps, actor)
  const seq = root === null ? await ownSeq(deps, actor, sight) : sight.require(root)
  return { lineage: sight.lineage, team: { root: seq, side } }
}

async function ownSeq({ db }: NetworkReaderDeps, actor: Actor, { own, lineage }: Sight): Promise<number> {
  if (own !== null && own <= lineage.size()) return own
  // Says why there is none.
  await ownNode(db.read, actor.userId)
  throw new DomainError('network.placement_pending')
}

function seenFrom(lineage: Lineage, root: number, rows: readonly teams.TeamMember[]): TeamRow[] {
  const level = lineage.depthOf(root)
  return rows.map((row) => ({ ...row, leg: lineage.legOf({ root, member: row.seq })!, levelsBelow: row.level - level }))
}

/** Most members that a search answers. */
const mostFound = 100
/** A team up to this size is looked through; of a larger one those who match anywhere in the tree are taken and the others left out. */
const smallTeam = 5_000
const placesAQuery = 500
const candidatesAField = 2_000
/** Most candidates whose data is read to see whether they match. */
const mostRead = 10_000

type Search = {
  readonly lineage: Lineage
  /** Null searches the whole tree. */
  readonly within: Team | null
  readonly includesRoot?: true
  readonly text: string
  readonly actor: Actor
}

async function search(deps: NetworkReaderDeps, question: Search): Promise<Found<teams.TeamMember>> {
  const { read } = deps.db
  const wanted = memberSearch(question.text, { searcher: isStaff(question.actor) ? 'staff' : 'member' })
  const { seqs, isComplete } = await placesToLookAt()
  const rows: teams.TeamMember[] = []
  const looked = Math.min(seqs.length, mostRead)
  let at = 0
  for (; at < looked && rows.length <= mostFound; at += placesAQuery) {
    rows.push(...(await teams.searchAmong(read, wanted, seqs.slice(at, Math.min(at + placesAQuery, looked)))))
  }
  const hasSeenAll = isComplete && at >= seqs.length && rows.length <= mostFound
  return { rows: rows.slice(0, mostFound), isComplete: hasSeenAll }

  async function placesToLookAt(): Promise<{ seqs: number[]; isComplete: boolean }> {
    const { lineage, within, includesRoot } = question
    const root = within !== null && includesRoot ? [within.root] : []
    if (within !== null && lineage.teamSize(within) <= smallTeam - root.length) {
      return { seqs: ascending([...root, ...lineage.walk(within, { skip: 0, take: smallTeam })]), isComplete: true }
    }
    const candidates = await teams.searchCandidates(read, wanted, { limit: candidatesAField })
    const isWithin = (seq: number) => within === null || isIn(lineage, within, seq) || root.includes(seq)
    const visible = candidates.seqs.filter((seq) => seq <= lineage.size() && isWithin(seq))
    // So common a name that not all of the tree were taken is common in the team as well.
    const nearest = within === null || candidates.isComplete ? [] : lineage.walk(within, { skip: 0, take: smallTeam })
    return {
      seqs: ascending([...new Set([...visible, ...nearest])]),
      isComplete: candidates.isComplete,
    }
  }
}

function isIn(lineage: Lineage, { root, side }: Team, member: number): boolean {
  const leg = lineage.legOf({ root, member })
  return leg !== null && (side === undefined || leg === side)
}

const ascending = (seqs: number[]) => seqs.sort((a, b) => a - b)
