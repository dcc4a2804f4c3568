import { importedMembers, isUniqueViolation, type Tx } from '@ev/db'
import { recordAudit } from '../../audit/record-audit.ts'
import type { Deps } from '../../deps.ts'
import { createTreeWriter, type TreeWriter } from '../tree-writer.ts'
import { checkMembers } from './check-members.ts'
import { advance, begin, findState, finish } from './import-state.ts'
import { type ImportedMember, type LineProblem, type MemberRecord, readMember } from './member-record.ts'
import type { ProgressOf } from './progress-of.ts'

export type ImportNetwork = {
  /** Reads the file from its beginning; it is read twice. */
  readonly records: () => AsyncIterable<MemberRecord>
  readonly progress: ProgressOf
}

export type ImportResult =
  | { readonly kind: 'imported'; readonly members: number; readonly pairs: number }
  /** Nothing was written by this run. At most a hundred problems are listed. */
  | { readonly kind: 'refused'; readonly problems: readonly LineProblem[]; readonly problemCount: number }

const membersABatch = 1_000
const legsABatch = 20_000
/** A member who signs up at the same moment may take an id that a batch wanted. */
const mostAttempts = 5

/**
 * Loads members with their places into the tree, in the order of the records: accounts with a wallet, the code as username and referral code, and
 * neither e-mail address nor mobile number. Everything is checked first, and a single bad line has nothing written. Then batches are
 * written, each in one transaction with how far the import has come; interrupted, the same records go on where they were. Members are placed
 * by the tree's single writer under the plan of now: pairs are of the present month, and are credited by the worker. Throws `ImportRefused` while
 * an import of other records has not been finished.
 */
export async function importNetwork(
  deps: Pick<Deps, 'db' | 'clock' | 'ids' | 'log'>,
  { records, progress }: ImportNetwork,
): Promise<ImportResult> {
  const { db, clock } = deps
  const startedAt = clock.now()
  const checked = await checkMembers(deps, records(), {
    now: startedAt,
    done: async (fingerprint) => (await findState(db, fingerprint))?.done ?? 0,
    progress,
  })
  const { problems, problemCount, count, fingerprint } = checked
  if (problemCount > 0) return { kind: 'refused', problems, problemCount }
  const begun = await begin(db, { fingerprint, startedAt })
  const writer = createTreeWriter(deps)
  let done = 0
  for await (const members of batchesOf(records(), new Date(begun.startedAt))) {
    const from = done
    done += members.length
    if (from < begun.done) continue
    await writeBatch(deps, writer, { members, from, to: done })
    progress('placing', done, count)
  }
  await catchUp(writer, progress)
  const pairs = await db.transaction(async (tx) => {
    await finish(tx, { fingerprint, now: clock.now() })
    const made = await importedMembers.countPairsSince(tx, new Date(begun.startedAt))
    await recordAudit(tx, deps, {
      actorId: null,
      action: 'network.imported',
      subject: { type: 'network', id: fingerprint.slice(0, 16) },
      details: { members: count },
    })
    return made
  })
  return { kind: 'imported', members: count, pairs }
}

async function* batchesOf(records: AsyncIterable<MemberRecord>, now: Date): AsyncGenerator<ImportedMember[]> {
  let batch: ImportedMember[] = []
  for await (const record of records) {
    const { member } = readMember(record, { now })
    if (member === null) throw new Error(`Line ${record.line} was changed while the file was imported.`)
    batch.push(member)
    if (batch.length < membersABatch) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

type Batch = { readonly members: readonly ImportedMember[]; readonly from: number; readonly to: number }

async function writeBatch(deps: Pick<Deps, 'clock'>, writer: TreeWriter, batch: Batch): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await writer.write(
        async (parts) => {
          await advance(parts.tx, { ...batch, now: deps.clock.now() })
          const ids = await insertAccounts(parts.tx, batch.members, deps.clock.now())
          await parts.members.loadWithReferrers(ids)
          for (const [at, { side }] of batch.members.entries()) {
            await parts.batch.place(ids[at]!, side === null ? undefined : { side })
          }
          return { asksForRest: false }
        },
        { mostLegs: 0, mostDuePairs: legsABatch },
      )
    } catch (error) {
      if (!isUniqueViolation(error) || attempt >= mostAttempts) throw error
    }
  }
}

/** Answers the ids of the members' accounts, in their order. */
async function insertAccounts(tx: Tx, members: readonly ImportedMember[], now: Date): Promise<number[]> {
  const first = await importedMembers.nextId(tx)
  const ids = new Map(members.map(({ code }, at) => [code, first + at]))
  const elsewhere = members.flatMap(({ sponsor }) => (sponsor === null || ids.has(sponsor) ? [] : [sponsor]))
  const known = await importedMembers.findByCode(tx, [...new Set(elsewhere)])
  const accounts = members.map(({ code, sponsor, joinedAt }) => ({
    id: ids.get(code)!,
    code,
    referredById: sponsor === null ? null : (ids.get(sponsor) ?? known.get(sponsor)!),
    joinedAt,
    now,
  }))
  await importedMembers.insert(tx, accounts)
  return accounts.map(({ id }) => id)
}

/** Writes the counts that the batches have left. */
async function catchUp(writer: TreeWriter, progress: ProgressOf): Promise<void> {
  for (let written = legsABatch; writer.isBehind(); written += legsABatch) {
    await writer.write(async () => ({ asksForRest: false }), { mostLegs: legsABatch, mostDuePairs: legsABatch })
    progress('counting teams', written, null)
  }
}
