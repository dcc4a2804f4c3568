import { type CheckName, type Deps, type Difference, verifyLedger, verifyTree } from '@ev/application'
import { providerOf, type Tx } from '@ev/db'

/** Damages the data, answers the subject under which a verifier should name the damage. */
export type Spoil = (tx: Tx) => Promise<string>

const verifiers = { ledger: verifyLedger, tree: verifyTree }

/** What a check finds in damaged data. The damage is done in a transaction that the verifier reads in and that is rolled back. */
export async function spoiled(
  { db, clock }: Deps,
  { verifier, check, spoil }: { verifier: keyof typeof verifiers; check: string; spoil: Spoil },
): Promise<{ subject: string; differences: Difference[] }> {
  const rollback = new Error('The damage is undone.')
  const options = { progress: () => {}, settledAfterMs: 0, only: [check as CheckName] }
  let found: { subject: string; differences: Difference[] } | undefined
  try {
    await db.transaction(async (tx) => {
      const subject = await spoil(tx)
      const seen: Deps['db'] = { ...db, snapshot: (read) => read(tx) }
      found = { subject, differences: await verifiers[verifier]({ db: seen, clock }, options) }
      throw rollback
    })
  } catch (error) {
    if (error !== rollback) throw error
  }
  return found!
}

/** Writes what the rules of the tables forbid, as a hand in the database could after lifting them. */
export async function unchecked(tx: Tx, write: () => Promise<unknown>): Promise<void> {
  const rules = (isOn: boolean) =>
    providerOf(tx) === 'sqlite'
      ? tx.$executeRawUnsafe(`PRAGMA ignore_check_constraints = ${isOn ? 'OFF' : 'ON'}`)
      : tx.$executeRawUnsafe(`SET SESSION check_constraint_checks = ${isOn ? 1 : 0}`)
  await rules(false)
  try {
    await write()
  } finally {
    await rules(true)
  }
}
