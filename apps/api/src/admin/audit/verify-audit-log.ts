import { checkAuditLines } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../../define-route.ts'

/** One request follows so much of the chain; the whole is followed by `pnpm audit:verify`. */
const linesAtOnce = 1_000

const lineId = z
  .string()
  .regex(/^\d{1,10}$/, { error: 'Must be a whole number.' })
  .transform(Number)
  .prefault('0')
  .meta({ description: 'The id of the line after which to begin; the first line when absent.', examples: ['0'] })

export const verifyAuditLogRoute = defineRoute({
  method: 'get',
  path: '/admin/audit-log/verify/',
  summary: 'Follow the chain of the audit log',
  description: `Follows ${linesAtOnce} lines; send \`next_after\` as \`after\` to go on. The whole chain holds when every part does and the last one has \`reaches_end\`.`,
  access: 'admin',
  request: { query: z.object({ after: lineId }) },
  response: {
    status: 200,
    body: z.object({
      holds: z.boolean().meta({ description: 'Whether no line of this part is broken.' }),
      checked: z.int().meta({ description: 'How many lines were followed.' }),
      broken_ids: z.array(z.int()).meta({ description: 'Lines that were changed, or before which one is missing.' }),
      reaches_end: z
        .boolean()
        .meta({ description: 'Whether this part ends at the newest line that was ever written.' }),
      next_after: z.int().nullable().meta({ description: 'Where the next part begins; null when this is the last.' }),
    }),
  },
  refusals: [],
  async handle(deps, { query }) {
    const { checked, brokenIds, reachesEnd, nextAfter } = await checkAuditLines(deps, {
      after: query.after,
      limit: linesAtOnce,
    })
    return {
      holds: brokenIds.length === 0 && (nextAfter !== null || reachesEnd),
      checked,
      broken_ids: [...brokenIds],
      reaches_end: reachesEnd,
      next_after: nextAfter,
    }
  },
})
