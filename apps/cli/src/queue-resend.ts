import { parseArgs } from 'node:util'
import { resendMessages } from '@ev/application'
import { databaseCommand } from './command.ts'

const dayMs = 86_400_000

// `pnpm queue:resend [--since 2026-11-25T10:00:00Z]`: after the broker has lost messages, publishes again what was published since then and not handled, of the last day unless said otherwise.
await databaseCommand(async (deps) => {
  const { values } = parseArgs({ options: { since: { type: 'string' } } })
  const since = values.since === undefined ? new Date(deps.clock.now().getTime() - dayMs) : new Date(values.since)
  if (Number.isNaN(since.getTime())) {
    console.error('Say since when as an instant: pnpm queue:resend --since 2026-11-25T10:00:00Z')
    return 1
  }
  console.log(`${await resendMessages(deps, { since })} messages will be published again.`)
  return 0
})
