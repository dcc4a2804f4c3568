import { network, openingEntries, type Tx, takeOver } from '@ev/db'
import { istMonth } from '@ev/domain'
import type { Deps } from '../../deps.ts'
import { legsRow } from '../../network/legs-row.ts'
import { loadNetwork, type NetworkMemory } from '../../network/network-memory.ts'
import { tellAll } from '../../tell.ts'
import { creditPair } from '../../wallet/credit-pair.ts'
import type { WalletDraft } from '../decide/wallets.ts'
import type { Discrepancies } from '../discrepancies.ts'
import type { TakeOverPlan } from '../plan-take-over.ts'
import { kycRow, nomineeRow, payoutRow } from './seal-papers.ts'
import { type Media, takeDocument, takeDocumentRow, takeImageRow } from './take-files.ts'

export type TakeOverDeps = Pick<Deps, 'db' | 'clock' | 'ids' | 'files' | 'hash' | 'encryption'>

/** Rows that are written in batches. `prepare` does before the transaction what is no matter of the database. */
export type Step = {
  readonly name: string
  readonly count: number
  readonly prepare: (from: number, to: number) => Promise<(tx: Tx) => Promise<void>>
}

type StepInput = {
  readonly plan: TakeOverPlan
  readonly media: Media
  readonly found: Discrepancies
  readonly now: Date
}

/** Everything that is written, in the order in which rows refer to each other. */
export function stepsOf(deps: TakeOverDeps, { plan, media, found, now }: StepInput): Step[] {
  const month = istMonth(now)
  const legs = memoryOnce(deps, month)
  return [
    plain('users', plan.members),
    plain('vehicles', plan.vehicles),
    made('vehicleImages', plan.images, (draft) => orMissing(found, draft.path, takeImageRow(deps, media, draft))),
    made('kyc', plan.kyc, async (draft) => kycRow(deps, draft, await keptFiles(deps, { media, found }, draft.files))),
    made('nominees', plan.nominees, async (draft) => {
      const files = { file: draft.file }
      return nomineeRow(deps, draft, (await keptFiles(deps, { media, found, folder: 'nominees' }, files)).file)
    }),
    plain('bookings', plan.bookings),
    plain('instalments', plan.instalments),
    plain('payments', plan.payments),
    plain('refunds', plan.refunds),
    made('payouts', plan.payouts, async (draft) => payoutRow(deps, draft)),
    plain('payoutTransactions', plan.payoutTransactions),
    inTransaction('wallets', plan.wallets, (tx, drafts) => writeWallets(tx, drafts, now)),
    inTransaction('journals', plan.journals, (tx, journals) =>
      openingEntries.postAll(tx, journals, { walletIds: new Map() }),
    ),
    plain('tdsRecords', plan.tdsRecords),
    plain('placements', plan.placements),
    plain('pairs', plan.pairs),
    inTransaction('legs', plan.placements, async (tx, placements) => {
      const memory = await legs()
      await network.saveLegs(
        tx,
        placements.map(({ seq }) => legsRow(memory.index, seq)),
      )
    }),
    inTransaction('head', plan.placements.slice(0, 1), async (tx) => {
      await network.lockHead(tx, { month, now })
      const figures = { version: 1, lastSeq: plan.placements.length, legsBehind: false, matchingBehind: false }
      await network.saveHead(tx, { ...figures, month, now })
    }),
    inTransaction('waitingForPlace', plan.waitingForPlace, async (tx, ids) => {
      await tellAll(
        tx,
        deps,
        'member.registered',
        ids.map((userId) => ({ userId })),
      )
    }),
    inTransaction(
      'credits',
      plan.pairs.filter(({ status }) => status === 'matched'),
      async (tx, pairs) => {
        for (const { id } of pairs) await creditPair(tx, deps, { pairId: id! })
      },
    ),
    plain('notifications', plan.notifications),
    made('documents', plan.documents, (draft) => orMissing(found, draft.path, takeDocumentRow(deps, media, draft))),
    plain('legacyRows', plan.legacyRows),
  ]
}

/** The index of the whole tree, built when the first of its counts is written. */
function memoryOnce({ db }: TakeOverDeps, month: string): () => Promise<NetworkMemory> {
  let memory: Promise<NetworkMemory> | null = null
  return () => {
    memory ??= loadNetwork(db.read, { month, version: 0, lastSeq: 0 })
    return memory
  }
}

function inTransaction<Row>(
  name: string,
  rows: readonly Row[],
  write: (tx: Tx, rows: readonly Row[]) => Promise<void>,
): Step {
  return {
    name,
    count: rows.length,
    prepare: async (from, to) => (tx) => write(tx, rows.slice(from, to)),
  }
}

function plain<Table extends keyof takeOver.NewRows>(table: Table, rows: readonly takeOver.NewRows[Table][]): Step {
  return inTransaction(table, rows, (tx, batch) => takeOver.insert(tx, table, batch))
}

/** Rows that are made before they are written; one that cannot be made is left out. */
function made<Table extends keyof takeOver.NewRows, Draft>(
  table: Table,
  drafts: readonly Draft[],
  make: (draft: Draft) => Promise<takeOver.NewRows[Table] | null>,
): Step {
  return {
    name: table,
    count: drafts.length,
    async prepare(from, to) {
      const rows: takeOver.NewRows[Table][] = []
      for (const draft of drafts.slice(from, to)) {
        const row = await make(draft)
        if (row !== null) rows.push(row)
      }
      return (tx) => takeOver.insert(tx, table, rows)
    },
  }
}

async function orMissing<Row>(found: Discrepancies, path: string, making: Promise<Row | null>): Promise<Row | null> {
  const row = await making
  if (row === null) found.add('file.missing', path)
  return row
}

async function keptFiles<Column extends string>(
  deps: TakeOverDeps,
  { media, found, folder = 'kyc' }: { media: Media; found: Discrepancies; folder?: string },
  paths: Readonly<Record<Column, string | null>>,
): Promise<Record<Column, string | null>> {
  const keys: Partial<Record<Column, string | null>> = {}
  for (const [column, path] of Object.entries(paths) as [Column, string | null][]) {
    const kept = path === null ? null : await orMissing(found, path, takeDocument(deps, media, { path, folder }))
    keys[column] = kept?.key ?? null
  }
  return keys as Record<Column, string | null>
}

async function writeWallets(tx: Tx, drafts: readonly WalletDraft[], now: Date): Promise<void> {
  await takeOver.insert(
    tx,
    'wallets',
    drafts.map(({ row }) => row),
  )
  await takeOver.insert(
    tx,
    'openingBalances',
    drafts.map(({ opening }) => opening),
  )
  const holds = drafts.flatMap(({ row: { userId }, held }) =>
    held.map(({ payoutId, amount, at }) => ({ userId, payoutId, amount, createdAt: at })),
  )
  await takeOver.insert(tx, 'holds', holds)
  const journals = drafts.flatMap((draft) => draft.journals.map((journal) => ({ journal, at: now })))
  await openingEntries.postAll(tx, journals, { walletIds: new Map(drafts.map(({ row }) => [row.userId, row.id!])) })
}
