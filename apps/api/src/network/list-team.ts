import { readTeam, searchTeam, type TeamQuestion, type TeamRow } from '@ev/application'
import { z } from 'zod'
import { type ApiDeps, defineRoute } from '../define-route.ts'
import { cursorPageView, cursorQuery, decodeCursor, entityId, pageView, toCursorPage } from '../http/index.ts'
import { answerPage } from '../lists.ts'
import { pageOf, searchText } from './search-nodes.ts'
import { teamView, toTeamView } from './team.view.ts'

const query = cursorQuery.extend({
  side: z.enum(['left', 'right']).optional(),
  search: searchText.optional(),
  node: entityId.optional().meta({ description: 'Whose team: a position of your network; your own when absent.' }),
})
const isComplete = { is_complete: z.boolean() }

/** The last member shown. */
const position = z.tuple([z.int().min(1)])

export const listTeamRoute = defineRoute({
  method: 'get',
  path: '/binary/team/',
  summary: 'Everyone below you',
  description:
    'In the order of a family tree: each member before those below, the left leg before the right one. With `search` those who are found, at most 100, the earliest placed first; `is_complete` is false when there may be more. Takes `page` or `cursor`.',
  access: 'member',
  request: { query },
  response: {
    status: 200,
    body: z.union([pageView(teamView).extend(isComplete), cursorPageView(teamView).extend(isComplete)]),
  },
  refusals: ['network.node_not_found', 'network.placement_pending', 'network.not_placed'],
  async handle(deps, { actor, query, request: { url } }) {
    const question: TeamQuestion = { actor, root: query.node ?? null, side: query.side }
    const source = query.search === undefined ? walked(deps, question) : await found(deps, question, query.search)
    const view = (row: TeamRow) => toTeamView(row, actor)
    if (query.cursor === undefined) {
      return { ...(await answerPage({ query, url }, source.page, view)), is_complete: source.isComplete }
    }
    const after = decodeCursor(position, query.cursor)?.[0] ?? null
    const take = query.page_size
    const rows = await source.after(after, take + 1)
    const page = toCursorPage({ rows, take, position: ({ seq }) => [seq], view })
    return { ...page, is_complete: source.isComplete }
  },
})

function walked(deps: ApiDeps, question: TeamQuestion) {
  return {
    isComplete: true,
    page: (page: { skip: number; take: number }) => readTeam(deps, question, page),
    after: async (after: number | null, take: number) =>
      (await readTeam(deps, question, after === null ? { skip: 0, take } : { after, take })).rows,
  }
}

async function found(deps: ApiDeps, question: TeamQuestion, text: string) {
  const { rows, isComplete } = await searchTeam(deps, { ...question, text })
  return {
    isComplete,
    page: pageOf(rows),
    after: async (after: number | null, take: number) => rows.filter(({ seq }) => seq > (after ?? 0)).slice(0, take),
  }
}
