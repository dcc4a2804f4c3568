import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { discardParkedMessage } from '@ev/application'
import { type HandlerName, handlerNames, type Transport } from '@ev/messaging'
import { platformCommand } from './command.ts'

const listedAtMost = 100

// `pnpm queue:parked [--handler NAME] [--redrive [--id ID …]]`: lists messages that were put aside, or gives them back to their handler.
// `--handler NAME --discard --id ID …` takes those away for good; what they said stays in the audit log.
await platformCommand(async ({ deps, transport }) => {
  const { values } = parseArgs({
    options: {
      handler: { type: 'string' },
      redrive: { type: 'boolean' },
      discard: { type: 'boolean' },
      id: { type: 'string', multiple: true },
    },
  })
  const { handler, id: ids } = values
  if (handler !== undefined && !isHandler(handler)) {
    console.error(`There is no handler ${handler}. There are ${handlerNames.join(', ')}.`)
    return 1
  }
  if (values.discard && (values.redrive || handler === undefined || ids === undefined)) {
    console.error('--discard takes --handler and the --id of each message, and not --redrive.')
    return 1
  }
  await connected(transport)
  if (values.discard && handler !== undefined && ids !== undefined) {
    for (const id of ids) {
      const { raw, reason } = await discardParkedMessage(deps, transport, { actorId: null, handler, id })
      console.log(`${handler}: ${id} is gone. It said ${raw} (${reason}).`)
    }
    return 0
  }
  const wanted = handler === undefined ? handlerNames : [handler]
  return values.redrive ? redrive(transport, { wanted, ids: ids ?? 'all' }) : list(transport, wanted)
})

/** A transport connects by itself and takes a moment. */
async function connected(transport: Transport): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if ((await transport.check()).state === 'up') return
    await pause(100)
  }
}

function isHandler(name: string): name is HandlerName {
  return handlerNames.some((handler) => handler === name)
}

async function list(transport: Transport, wanted: readonly HandlerName[]): Promise<number> {
  let shown = 0
  for (const handler of wanted) {
    for (const { id, envelope, attempt, reason } of await transport.parked(handler, { limit: listedAtMost })) {
      shown += 1
      console.log(
        `${handler}  ${id}  ${envelope?.name ?? '(invalid)'} ${JSON.stringify(envelope?.payload ?? null)}  attempt ${attempt}: ${reason}`,
      )
    }
  }
  console.log(shown === 0 ? 'Nothing is parked.' : `${shown} parked. --redrive gives them back to their handlers.`)
  return 0
}

async function redrive(
  transport: Transport,
  { wanted, ids }: { wanted: readonly HandlerName[]; ids: readonly string[] | 'all' },
): Promise<number> {
  for (const handler of wanted) {
    const count = await transport.redrive(handler, ids)
    if (count > 0) console.log(`${handler}: ${count} given back`)
  }
  return 0
}
