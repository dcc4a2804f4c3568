import { searchNodes } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { pageQuery, pageView, textLine } from '../http/index.ts'
import { answerPage } from '../lists.ts'
import { foundView, toFoundView } from './team.view.ts'

/** What a search looks for. */
export const searchText = textLine(100).meta({
  description:
    'The beginning of a name, a referral code, an e-mail address or a mobile number. Of another member’s addresses you must know the e-mail’s part before the @, or eight digits of the mobile.',
})

export const searchNodesRoute = defineRoute({
  method: 'get',
  path: '/binary/nodes/search/',
  summary: 'Find members of your network',
  description:
    'Yourself and those below you; staff search everywhere. At most 100 are found; `is_complete` is false when there may be more, and a longer text finds them.',
  access: 'member',
  request: { query: pageQuery.extend({ q: searchText }) },
  response: { status: 200, body: pageView(foundView).extend({ is_complete: z.boolean() }) },
  refusals: [],
  async handle(deps, { actor, query, request: { url } }) {
    const { rows, isComplete } = await searchNodes(deps, { actor, text: query.q })
    const page = await answerPage({ query, url }, pageOf(rows), (row) => toFoundView(row, actor))
    return { ...page, is_complete: isComplete }
  },
})

/** A page of rows that are all at hand. */
export function pageOf<Row>(rows: readonly Row[]) {
  return async ({ skip, take }: { skip: number; take: number }) => ({
    count: rows.length,
    rows: rows.slice(skip, skip + take),
  })
}
