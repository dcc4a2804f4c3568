import { readdirSync, readFileSync } from 'node:fs'
import { type Deps, verifyLedger, verifyTree } from '@ev/application'
import type { Tx } from '@ev/db'

type Difference = Awaited<ReturnType<typeof verifyLedger>>[number]

/** Damages the data, answers the subject under which a verifier should name the damage. */
export type Spoil = (tx: Tx) => Promise<string>

const verifiers = {
  ledger: (deps: Pick<Deps, 'db' | 'clock'>) => verifyLedger(deps, { progress: () => {}, settledAfterMs: 0 }),
  tree: (deps: Pick<Deps, 'db' | 'clock'>) => verifyTree(deps, () => {}),
}

/** What a verifier finds in damaged data. The damage is done in a transaction that the verifier reads in and that is rolled back. */
export async function spoiled(
  { db, clock }: Deps,
  { verifier, spoil }: { verifier: keyof typeof verifiers; spoil: Spoil },
): Promise<{ subject: string; differences: Difference[] }> {
  const rollback = new Error('The damage is undone.')
  let found: { subject: string; differences: Difference[] } | undefined
  try {
    await db.transaction(async (tx) => {
      const subject = await spoil(tx)
      found = { subject, differences: await verifiers[verifier]({ db: { ...db, read: tx }, clock }) }
      throw rollback
    })
  } catch (error) {
    if (error !== rollback) throw error
  }
  return found!
}

const sources = new URL('../../../../packages/application/src/verification/', import.meta.url)
const ofTheTree = ['verify-tree.ts']

/** The names of the checks in a verifier's sources, so that a new check without a test is noticed. */
export function checksOf(verifier: keyof typeof verifiers): string[] {
  const files = readdirSync(sources).filter((file) => file.startsWith('verify-'))
  const own = files.filter((file) => ofTheTree.includes(file) === (verifier === 'tree'))
  const names = own.flatMap((file) => [
    ...readFileSync(new URL(file, sources), 'utf8').matchAll(/(?:expectEqual\(\s*|check: )'([a-z_]+\.[a-z_]+)'/g),
  ])
  return [...new Set(names.map(([, name]) => name!))].sort()
}
