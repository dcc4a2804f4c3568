import { kyc, type Reader, type Tx } from '@ev/db'
import type { Deps } from '../deps.ts'
import { kycPlace } from '../kyc/submit-kyc.ts'

/** The PANs of those of these members whose papers were approved, in clear, for tax papers only. */
export async function readApprovedPans(
  reader: Reader | Tx,
  { encryption }: Pick<Deps, 'encryption'>,
  userIds: readonly number[],
): Promise<Map<number, string>> {
  const rows = await kyc.approvedPans(reader, userIds)
  return new Map(
    rows.map(({ userId, panEncrypted }) => [
      userId,
      encryption.decrypt({ ciphertext: panEncrypted, context: kycPlace(userId, 'pan') }),
    ]),
  )
}
