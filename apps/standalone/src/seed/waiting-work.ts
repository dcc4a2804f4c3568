import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Actor, type Deps, depositToWallet, requestPayout, submitKyc } from '@ev/application'
import { kyc, payouts, sha256Hex, type users } from '@ev/db'
import { isAadhaar, rupees } from '@ev/domain'

const actorOf = (user: users.User): Actor => ({ userId: user.id, role: user.role, isSuperuser: false })

const picture = (name: string) => ({
  content: readFileSync(fileURLToPath(new URL(`./pictures/${name}.jpg`, import.meta.url))),
  contentType: 'image/jpeg' as const,
})

/** A member's identity papers, which wait for somebody to look at them. Handed in once. */
export async function handInPapers(deps: Deps, user: users.User): Promise<void> {
  if (await kyc.findOfUser(deps.db.read, user.id)) return
  await submitKyc(deps, {
    actor: actorOf(user),
    panNumber: 'ABCPS1234F',
    aadhaarNumber: withCheckDigit('29990000000'),
    address: {
      addressLine1: '12 Ring Road',
      addressLine2: '',
      city: user.city,
      state: 'Gujarat',
      pincode: '395002',
      country: 'India',
    },
    bankAccount: null,
    files: {
      pan_document: picture('pan-card'),
      aadhaar_front: picture('aadhaar-front'),
      aadhaar_back: picture('aadhaar-back'),
    },
  })
}

/** A member's payout that waits for somebody to process it, from a deposit by `admin`. Asked for once. */
export async function askForPayout(deps: Deps, user: users.User, { admin }: { admin: users.User }): Promise<void> {
  if (await hasAskedForPayout(deps, user)) return
  const deposit = sha256Hex(`deposit to ${user.id}`)
  await depositToWallet(deps, {
    actor: actorOf(admin),
    idempotency: { scope: 'seed', keyHash: deposit, fingerprint: deposit },
    userId: user.id,
    amount: rupees('2000'),
    reason: 'Prize of the festival contest',
  })
  await requestPayout(deps, {
    actor: actorOf(user),
    idempotency: null,
    requested: rupees('1000'),
    bankAccount: {
      bankName: 'HDFC Bank',
      accountNumber: '50100123456789',
      ifscCode: 'HDFC0001234',
      accountHolderName: `${user.firstName} ${user.lastName}`,
    },
    isEmiAutoFilled: false,
  })
}

export async function hasAskedForPayout({ db }: Pick<Deps, 'db'>, user: users.User): Promise<boolean> {
  return (await payouts.list(db.read, { ownedBy: user.id }, { skip: 0, take: 1, direction: 'asc' })).count > 0
}

/** An Aadhaar number of these eleven digits and the check digit that fits them. */
function withCheckDigit(digits: string): string {
  return digits + [...'0123456789'].find((digit) => isAadhaar(digits + digit))
}
