import type { OpenMatters } from '@ev/domain'
import type { Tx } from './client.ts'
import type { User } from './generated/sqlite/client.ts'
import * as users from './users.ts'

/** What is still open beside the member's wallet, which the caller has locked. */
export async function openMatters(
  tx: Tx,
  userId: number,
): Promise<Pick<OpenMatters, 'bookings' | 'payouts' | 'credits'>> {
  const [bookings, payouts, bonuses, pairs] = await Promise.all([
    tx.booking.count({ where: { userId, status: { in: ['pending', 'active'] } } }),
    tx.payout.count({ where: { userId, status: { in: ['pending', 'processing'] } } }),
    tx.payment.count({
      where: {
        bonusDueAt: { not: null },
        // Whom the booking names comes before whoever referred its member.
        OR: [
          { booking: { referredById: userId } },
          { booking: { referredById: null }, user: { referredById: userId } },
        ],
      },
    }),
    tx.pair.count({ where: { userId, status: 'matched' } }),
  ])
  return { bookings, payouts, credits: bonuses + pairs }
}

/** When the newest of a member's payouts was completed; null without one. */
export async function lastPaidOutAt(tx: Tx, userId: number): Promise<Date | null> {
  const { _max } = await tx.payout.aggregate({ where: { userId, status: 'completed' }, _max: { completedAt: true } })
  return _max.completedAt
}

/** Bank details of a payout when nobody needs them any more; `accountNumberEncrypted` is an empty text, sealed for its member. */
export type EmptyAccount = { readonly accountNumberEncrypted: string }

const withoutAccount = ({ accountNumberEncrypted }: EmptyAccount) => ({
  accountNumberEncrypted,
  accountNumberHash: '',
  accountNumberLast4: '',
  accountHolderName: '',
  bankName: '',
  ifscCode: '',
  notes: '',
})

/** Tables of the replaced platform whose kept rows are about a person and not about money. */
const personalTables = ['users', 'kyc', 'nominees', 'compliance_documents', 'notifications']

/**
 * Erases everything that says who a member is, and answers the keys of the files that nothing names any more. What is about money, tax and the tree stays under
 * the member's id. With `identityKeptUntil` the PAN and the bank details of completed payouts stay as well, for tax papers.
 */
export async function erase(
  tx: Tx,
  userId: number,
  {
    referralCode,
    identityKeptUntil,
    now,
    emptyAccount,
  }: { referralCode: string; identityKeptUntil: Date | null; now: Date; emptyAccount: EmptyAccount },
): Promise<{ user: User; files: (string | null)[] }> {
  const kyc = await tx.kyc.findUnique({ where: { userId } })
  const nominee = await tx.nominee.findUnique({ where: { userId } })
  const documents = await tx.complianceDocument.findMany({ where: { userId }, select: { fileKey: true } })
  if (kyc !== null) await eraseIdentityCheck(tx, kyc.id, { keepsPan: identityKeptUntil !== null })
  await tx.nominee.deleteMany({ where: { userId } })
  await tx.complianceDocument.deleteMany({ where: { userId } })
  await tx.session.deleteMany({ where: { userId } })
  await tx.notification.deleteMany({ where: { userId } })
  await tx.legacyRow.deleteMany({ where: { userId, tableName: { in: personalTables } } })
  await tx.booking.updateMany({
    where: { userId },
    data: { deliveryCity: null, deliveryState: null, deliveryPin: null, ipAddress: null },
  })
  const unneeded = identityKeptUntil === null ? {} : { status: { not: 'completed' as const } }
  await tx.payout.updateMany({ where: { userId, ...unneeded }, data: withoutAccount(emptyAccount) })
  const user = await users.update(tx, userId, {
    username: `erased-${userId}`,
    email: null,
    mobile: null,
    firstName: '',
    lastName: '',
    gender: null,
    dateOfBirth: null,
    addressLine1: '',
    addressLine2: '',
    city: '',
    state: '',
    pincode: '',
    country: '',
    // The old one is known to others, and nobody should join below a member who has left.
    referralCode,
    isActive: false,
    notifyByEmail: false,
    notifyBySms: false,
    lastLogin: null,
    erasureRequestedAt: null,
    erasedAt: now,
    identityKeptUntil,
    updatedAt: now,
  })
  const files = [
    ...(kyc ? [kyc.panDocument, kyc.aadhaarFront, kyc.aadhaarBack, kyc.bankPassbook] : []),
    nominee?.idProofDocument ?? null,
    ...documents.map(({ fileKey }) => fileKey),
  ]
  return { user, files }
}

/** Leaves of an identity check its verdict and the encrypted PAN, which statements of tax deducted name, or nothing. */
async function eraseIdentityCheck(tx: Tx, id: number, { keepsPan }: { keepsPan: boolean }): Promise<void> {
  if (!keepsPan) {
    await tx.kyc.delete({ where: { id } })
    return
  }
  const empty = {
    addressLine1: '',
    addressLine2: '',
    city: '',
    state: '',
    pincode: '',
    country: '',
    rejectionReason: '',
  }
  const files = { panDocument: null, aadhaarFront: null, aadhaarBack: null, bankPassbook: null }
  const account = {
    bankName: null,
    accountNumberEncrypted: null,
    accountNumberHash: null,
    accountNumberLast4: null,
    ifscCode: null,
    accountHolderName: null,
  }
  // Without their hashes the numbers are free for the same person to come back with.
  const numbers = { panHash: null, panLast4: null, aadhaarEncrypted: null, aadhaarHash: null, aadhaarLast4: null }
  await tx.kyc.update({ where: { id }, data: { ...empty, ...files, ...account, ...numbers } })
}

/** Erased members of whom the law wants to know no more by `now`; at most `limit`. */
export async function identitiesToForget(tx: Tx, { now, limit }: { now: Date; limit: number }): Promise<number[]> {
  const due = await tx.user.findMany({
    where: { identityKeptUntil: { lte: now } },
    orderBy: { identityKeptUntil: 'asc' },
    take: limit,
    select: { id: true },
  })
  return due.map(({ id }) => id)
}

/** Removes what was kept of an erased member's identity. */
export async function forgetIdentity(tx: Tx, userId: number, emptyAccount: EmptyAccount): Promise<void> {
  await tx.kyc.deleteMany({ where: { userId } })
  await tx.payout.updateMany({ where: { userId }, data: withoutAccount(emptyAccount) })
  await tx.user.update({ where: { id: userId }, data: { identityKeptUntil: null } })
}
