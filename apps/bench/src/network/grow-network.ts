import {
  createNetworkWriter,
  generateMembers,
  importNetwork,
  type MemberRecord,
  type NetworkShape,
} from '@ev/application'
import { importedMembers } from '@ev/db'
import { type EnvelopeOf, handlerCatalogue } from '@ev/messaging'
import type { NetworkDatabase } from './network-database.ts'

/** As many messages as the worker takes together. */
const messagesABatch = handlerCatalogue['network.place-and-match'].policy.batch.max

/** What placing a number of members took the worker's writer. */
export type Placed = {
  readonly members: number
  readonly seconds: number
  readonly cpuMs: number
  readonly batches: number
}

export type GrowingNetwork = {
  size(): number
  /** Imports members until there are so many. */
  growTo(members: number, onProgress: (done: number) => void): Promise<void>
  /**
   * Makes accounts of the next members, then has the worker's writer place them from their messages: records of the messages, placements, pairs
   * with their messages, counts and commits. Only the writer's time counts.
   */
  place(members: number): Promise<Placed>
  /** Has the writer take a batch without messages, which enters the month, and then all that it has left for later. */
  finish(): Promise<Placed>
}

/** A network of a shape that grows as far as it is told. */
export function growingNetwork(
  { deps }: NetworkDatabase,
  { shape, members: most, seed }: { shape: NetworkShape; members: number; seed: number },
): GrowingNetwork {
  const records = generateMembers({ members: most, shape, seed })
  let size = 0
  let writer: ReturnType<typeof createNetworkWriter> | null = null

  function next(count: number): MemberRecord[] {
    const taken: MemberRecord[] = []
    while (taken.length < count) {
      const { value, done } = records.next()
      if (done) break
      taken.push(value)
    }
    size += taken.length
    return taken
  }

  async function handle(messages: readonly EnvelopeOf<'network.place-and-match'>[]): Promise<void> {
    writer ??= createNetworkWriter(deps)
    await writer.handle(messages)
  }

  return {
    size: () => size,
    async growTo(members, onProgress) {
      if (members <= size) return
      const taken = next(members - size)
      // The import's batches move the tree past the writer's index.
      writer = null
      const result = await importNetwork(deps, {
        records: async function* () {
          yield* taken
        },
        progress: (_what, done) => onProgress(done),
      })
      if (result.kind === 'refused')
        throw new Error(`The generated members were refused: ${JSON.stringify(result.problems[0])}`)
    },
    async place(members) {
      const ids = await insertAccounts(deps, next(members))
      const messages = ids.map((userId) => registrationOf(userId, deps))
      // The index is there before the clock runs.
      await handle([])
      return timed(members, async () => {
        let batches = 0
        for (let from = 0; from < messages.length; from += messagesABatch, batches += 1) {
          await handle(messages.slice(from, from + messagesABatch))
        }
        return batches
      })
    },
    finish: () =>
      timed(0, async () => {
        await handle([])
        let batches = 1
        for (
          ;
          (await deps.db.read.networkHead.findFirst({
            where: { OR: [{ legsBehind: true }, { matchingBehind: true }] },
          })) !== null;
          batches += 1
        ) {
          await handle([])
        }
        return batches
      }),
  }
}

function registrationOf(
  userId: number,
  { ids, clock }: NetworkDatabase['deps'],
): EnvelopeOf<'network.place-and-match'> {
  const occurredAt = clock.now().toISOString()
  return {
    id: ids.timeOrderedUuid(),
    name: 'member.registered',
    payload: { userId },
    occurredAt,
    requestId: null,
    traceparent: null,
  }
}

async function insertAccounts(
  { db, clock }: NetworkDatabase['deps'],
  records: readonly MemberRecord[],
): Promise<number[]> {
  return db.transaction(async (tx) => {
    const now = clock.now()
    const first = await importedMembers.nextId(tx)
    const ids = new Map(records.map(({ member }, at) => [member, first + at]))
    const elsewhere = [
      ...new Set(records.map(({ sponsor }) => sponsor).filter((sponsor) => sponsor !== '' && !ids.has(sponsor))),
    ]
    const known = await importedMembers.findByCode(tx, elsewhere)
    const accounts = records.map(({ member: code, sponsor, joinedAt }) => ({
      id: ids.get(code)!,
      code,
      referredById: sponsor === '' ? null : (ids.get(sponsor) ?? known.get(sponsor)!),
      joinedAt: new Date(joinedAt),
      now,
    }))
    await importedMembers.insert(tx, accounts)
    return accounts.map(({ id }) => id)
  })
}

async function timed(members: number, work: () => Promise<number>): Promise<Placed> {
  const startedAt = performance.now()
  const cpu = process.cpuUsage()
  const batches = await work()
  const { user, system } = process.cpuUsage(cpu)
  return { members, seconds: (performance.now() - startedAt) / 1000, cpuMs: (user + system) / 1000, batches }
}
