import { type Database, kyc, payouts } from '@ev/db'
import { eachDatabase } from '@ev/db/testing'
import {
  createEncryption,
  createKeyedHash,
  createLogger,
  createMemoryFileStore,
  type Encryption,
  manualClock,
  systemIds,
} from '@ev/runtime'
import { times } from '@ev/testing'
import { beforeAll, expect, test } from 'vitest'
import type { Actor } from '../deps.ts'
import { reviewKyc } from '../kyc/review-kyc.ts'
import { kycPlace, submitKyc } from '../kyc/submit-kyc.ts'
import { submitNominee } from '../nominees/submit-nominee.ts'
import { accountContext } from '../payouts/request-payout.ts'
import { registerMember } from '../users/register-member.ts'
import { rotateKeys } from './rotate-keys.ts'

const clock = manualClock(new Date('2026-11-25T06:00:00.000Z'))
const hash = createKeyedHash('a test hash key of thirty-two bytes')
const [first, second] = ['the first test key of thirty-two bytes', 'the second test key of thirty-two bytes'] as const
const oldEncryption = createEncryption([{ id: 'k1', secret: first }])
const newEncryption = createEncryption([
  { id: 'k2', secret: second },
  { id: 'k1', secret: first },
])
const onlyNew = createEncryption([{ id: 'k2', secret: second }])
const files = createMemoryFileStore()
const log = createLogger({ level: 'silent', pretty: false })
const account = (n: number) => ({
  bankName: 'HDFC',
  accountNumber: `501001234${n}`,
  ifscCode: 'HDFC0001234',
  accountHolderName: 'Asha',
})
const address = { addressLine1: '', addressLine2: '', city: '', state: '', pincode: '' }
const silent = { progress: () => {} }

eachDatabase((_name, makeDatabase) => {
  let db: Database
  beforeAll(async () => {
    db = (await makeDatabase()).database
  })

  async function aMember(n: number): Promise<Actor> {
    const identifier = { type: 'email', value: `member${n}@example.com` } as const
    const deps = { clock, ids: systemIds }
    const { id } = await db.transaction((tx) => registerMember(tx, deps, { identifier, referredById: null }))
    return { userId: id, role: 'user', isSuperuser: false }
  }

  const depsWith = (encryption: Encryption) => ({ db, clock, ids: systemIds, hash, encryption, files, log })
  const papers = (actor: Actor, n: number, encryption: Encryption) =>
    submitKyc(depsWith(encryption), {
      actor,
      panNumber: `ABCPE${1_000 + n}F`,
      aadhaarNumber: `${234_123_412_346 + n}`,
      address: { ...address, country: 'India' },
      bankAccount: account(10_000 + n),
      files: { pan_document: null, aadhaar_front: null, aadhaar_back: null },
    })

  async function aPayout({ userId }: Actor, encryption: Encryption): Promise<void> {
    const { accountNumber, ...bank } = account(99_999)
    await db.transaction((tx) =>
      payouts.insert(tx, {
        userId,
        ...bank,
        requestedAmount: 100n,
        tdsAmount: 0n,
        netAmount: 100n,
        transferAmount: 100n,
        accountNumberEncrypted: encryption.encrypt({ plaintext: accountNumber, context: accountContext(userId) }),
        accountNumberHash: hash({ context: 'account_number', value: accountNumber }),
        accountNumberLast4: '9999',
        planVersion: 1,
        createdAt: clock.now(),
        updatedAt: clock.now(),
      }),
    )
  }

  test('every value under an old key is encrypted again, once, and reads as before', async () => {
    const members = await Promise.all(times(3, aMember))
    for (const [n, member] of members.entries()) await papers(member, n, n === 2 ? newEncryption : oldEncryption)
    const nominee = { fullName: 'Ravi', relationship: 'spouse', dateOfBirth: '1990-01-01', mobile: '+919876543210' }
    await submitNominee(depsWith(oldEncryption), {
      actor: members[0]!,
      ...nominee,
      email: null,
      address,
      idProof: { type: 'pan', number: 'XYZPR1234K' },
      idProofDocument: null,
    })
    await aPayout(members[0]!, oldEncryption)
    await aPayout(members[0]!, oldEncryption)

    const steps: string[] = []
    const rotated = await rotateKeys(depsWith(newEncryption), { progress: (step) => void steps.push(step) })
    expect(rotated).toEqual({ rewritten: 9, current: 3, changedMeanwhile: 0, unreadable: [] })
    expect(steps).toContain('payouts.account_number_encrypted: 2')
    expect(await rotateKeys(depsWith(newEncryption), silent)).toMatchObject({ rewritten: 0, current: 12 })
    for (const [n, { userId }] of members.entries()) {
      const row = await kyc.findOfUser(db.read, userId)
      const context = kycPlace(userId, 'pan')
      expect(onlyNew.decrypt({ ciphertext: row?.panEncrypted ?? '', context })).toBe(`ABCPE${1_000 + n}F`)
    }
    for (const { accountNumberEncrypted, userId } of await db.read.payout.findMany()) {
      const place = { ciphertext: accountNumberEncrypted, context: accountContext(userId) }
      expect(onlyNew.decrypt(place)).toBe('50100123499999')
    }
  })

  test('submissions and a second rotation at the same time lose nothing', async () => {
    const members = await Promise.all(times(12, (n) => aMember(20 + n)))
    const reviewer = { ...(await aMember(99)), role: 'staff' } as const
    for (const [n, member] of members.entries()) {
      const { row } = await papers(member, 20 + n, oldEncryption)
      const verdict = { status: 'rejected', reason: 'x' } as const
      await reviewKyc(depsWith(oldEncryption), { actor: reviewer, kycId: row.id, verdict })
    }
    const resubmissions = members.map((member, n) => papers(member, 100 + n, oldEncryption))
    const rotations = times(2, () => rotateKeys(depsWith(newEncryption), silent))
    await Promise.all([...resubmissions, ...rotations])
    await rotateKeys(depsWith(newEncryption), silent)
    for (const [n, { userId }] of members.entries()) {
      const row = await kyc.findOfUser(db.read, userId)
      const context = kycPlace(userId, 'aadhaar')
      expect(onlyNew.decrypt({ ciphertext: row?.aadhaarEncrypted ?? '', context })).toBe(`${234_123_412_446 + n}`)
    }
  })

  test('what cannot be decrypted is named, and the others are done', async () => {
    await papers(await aMember(51), 51, oldEncryption)
    const lost = await aMember(52)
    await papers(lost, 52, createEncryption([{ id: 'k0', secret: 'a key that nobody has any more, 32 bytes' }]))
    const { row } = await papers(await aMember(53), 53, oldEncryption)
    await db.transaction((tx) => kyc.update(tx, row.id, { aadhaarEncrypted: 'not a ciphertext' }))
    const lostRow = await kyc.findOfUser(db.read, lost.userId)
    const rotated = await rotateKeys(depsWith(newEncryption), silent)
    expect(rotated).toMatchObject({ rewritten: 5, changedMeanwhile: 0 })
    expect([...rotated.unreadable].sort()).toEqual(
      [
        `kyc.aadhaar_encrypted ${lostRow?.id}`,
        `kyc.aadhaar_encrypted ${row.id}`,
        `kyc.account_number_encrypted ${lostRow?.id}`,
        `kyc.pan_encrypted ${lostRow?.id}`,
      ].sort(),
    )
  })
})
