import { encryptedValues } from '@ev/db'
import type { Deps } from '../deps.ts'
import { kycPlace } from '../kyc/submit-kyc.ts'
import { nomineePlace } from '../nominees/submit-nominee.ts'
import { accountContext } from '../payouts/request-payout.ts'
import type { Progress } from '../verification/findings.ts'

export type Rotation = {
  /** Values that are under the current key now. */
  readonly rewritten: number
  /** Values that were under it already. */
  readonly current: number
  /** Values that somebody else wrote meanwhile, under whatever key that process has. */
  readonly changedMeanwhile: number
  /** What could not be decrypted, as `table.column id`: its key is not configured, or the text was damaged. */
  readonly unreadable: readonly string[]
}

/** For which place each column's values are encrypted. */
const places: Readonly<Record<encryptedValues.EncryptedColumn, (userId: number) => string>> = {
  'kyc.pan_encrypted': (userId) => kycPlace(userId, 'pan'),
  'kyc.aadhaar_encrypted': (userId) => kycPlace(userId, 'aadhaar'),
  'kyc.account_number_encrypted': (userId) => kycPlace(userId, 'account_number'),
  'nominees.id_proof_number_encrypted': nomineePlace,
  'payouts.account_number_encrypted': accountContext,
}

const batchSize = 200

/**
 * Encrypts every value that is under an older key again under the current one, in batches of 200. Safe beside a running API: a value that changes
 * meanwhile is left alone. Interrupted, it goes on where it was when it is run again, because what is done shows.
 */
export async function rotateKeys(
  deps: Pick<Deps, 'db' | 'encryption'>,
  { progress }: { progress: Progress },
): Promise<Rotation> {
  const total = { rewritten: 0, current: 0, changedMeanwhile: 0, unreadable: [] as string[] }
  for (const at of encryptedValues.encryptedColumns) {
    let done = 0
    for (let after = 0; ; ) {
      const values = await encryptedValues.page(deps.db.read, at, { after, limit: batchSize })
      if (values.length === 0) break
      await rotateBatch(deps, at, values, total)
      after = values.at(-1)!.id
      done += values.length
      progress(`${at}: ${done}`)
    }
  }
  return total
}

async function rotateBatch(
  { db, encryption }: Pick<Deps, 'db' | 'encryption'>,
  at: encryptedValues.EncryptedColumn,
  values: readonly encryptedValues.EncryptedValue[],
  total: { rewritten: number; current: number; changedMeanwhile: number; unreadable: string[] },
): Promise<void> {
  const changes: { id: number; from: string; to: string }[] = []
  for (const { id, userId, text } of values) {
    try {
      const context = places[at](userId)
      if (!encryption.isUnderOldKey(text)) total.current += 1
      else {
        const plaintext = encryption.decrypt({ ciphertext: text, context })
        changes.push({ id, from: text, to: encryption.encrypt({ plaintext, context }) })
      }
    } catch {
      total.unreadable.push(`${at} ${id}`)
    }
  }
  if (changes.length === 0) return
  const replaced = await db.transaction(async (tx) => {
    let count = 0
    for (const change of changes) if (await encryptedValues.replace(tx, at, change)) count += 1
    return count
  })
  total.rewritten += replaced
  total.changedMeanwhile += changes.length - replaced
}
