import { beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../client.ts'
import { eachDatabase } from '../testing/index.ts'
import type { Tx } from '../tx.ts'

const at = new Date('2026-11-22T10:00:00Z')

/** Rows that meet every rule, on which the tests below break one rule each. */
async function seed(tx: Tx) {
  const user = await tx.user.create({ data: { username: 'u', referralCode: 'u', dateJoined: at, updatedAt: at } })
  const userId = user.id
  const wallet = await tx.wallet.create({
    data: { userId, balance: 100n, held: 40n, createdAt: at, updatedAt: at },
  })
  const vehicle = await tx.vehicle.create({
    data: {
      name: 'v',
      modelCode: 'v',
      vehicleColors: [],
      batteryVariants: [],
      price: 1n,
      description: '',
      features: [],
      specifications: {},
      stockQuantity: 0,
      createdAt: at,
      updatedAt: at,
    },
  })
  const booking = await tx.booking.create({
    data: {
      bookingNumber: 'EV00000000',
      userId,
      vehicleId: vehicle.id,
      bookingAmount: 10n,
      totalAmount: 100n,
      totalPaid: 100n,
      paymentOption: 'full_payment',
      planVersion: 1,
      termsAccepted: true,
      expiresAt: at,
      createdAt: at,
      updatedAt: at,
    },
  })
  const bookingId = booking.id
  await tx.instalment.create({
    data: { bookingId, number: 1, dueDate: '2026-12-22', amount: 10n, principal: 10n, interest: 0n, paidAmount: 10n },
  })
  await tx.payment.create({
    data: { bookingId, userId, amount: 5n, paymentMethod: 'cash', status: 'completed', paymentDate: at, createdAt: at },
  })
  const entry = await tx.journalEntry.create({
    data: { key: 'a:1', referenceType: 'a', referenceId: 1, createdAt: at },
  })
  await tx.journalLine.create({ data: { entryId: entry.id, accountKind: 'bank', amount: -5n } })
  const row = {
    walletId: wallet.id,
    userId,
    journalEntryId: entry.id,
    description: '',
    referenceType: 'a',
    referenceId: 1,
  }
  await tx.walletTransaction.create({
    data: {
      ...row,
      lineNumber: 1,
      transactionType: 'DEPOSIT',
      amount: 5n,
      balanceBefore: 0n,
      balanceAfter: 5n,
      createdAt: at,
    },
  })
  const payout = await tx.payout.create({
    data: {
      userId,
      requestedAmount: 100n,
      tdsAmount: 5n,
      netAmount: 95n,
      emiAmount: 20n,
      transferAmount: 75n,
      bankName: '',
      accountNumberEncrypted: '',
      accountNumberHash: '',
      accountNumberLast4: '',
      ifscCode: '',
      accountHolderName: '',
      planVersion: 1,
      createdAt: at,
      updatedAt: at,
    },
  })
  await tx.hold.create({ data: { userId, payoutId: payout.id, amount: 40n, createdAt: at } })
  await tx.placement.create({ data: { seq: 1, userId, level: 0, placedAt: at } })
  const pair = await tx.pair.create({
    data: {
      ...{ userId, leftUserId: userId, rightUserId: userId, standingLeftId: userId, standingRightId: userId },
      ...{ pairNumber: 1, pairAmount: 10n, earningAmount: 5n, month: '2026-11', isActiveBuyer: false, planVersion: 1 },
      ...{ createdAt: at, matchedAt: at },
    },
  })
  await tx.earning.create({
    data: {
      ...{ userId, pairId: pair.id, journalEntryId: entry.id, pairNumber: 1, createdAt: at },
      ...{ amount: 5n, emiDeducted: 0n, netAmount: 5n },
    },
  })
  await tx.legs.create({ data: { seq: 1, leftTeam: 3, leftQualified: 2, leftConsumed: 1 } })
}

eachDatabase((_provider, makeDatabase) => {
  let database: Database
  beforeAll(async () => {
    database = (await makeDatabase()).database
    await database.transaction(seed)
  })

  const execute = (sql: string) => database.transaction((tx) => tx.$executeRawUnsafe(sql))

  test.each([
    ['a vehicle for nothing', 'UPDATE vehicles SET price = 0'],
    ['less than no stock', 'UPDATE vehicles SET stock_quantity = -1'],
    ['more paid than the total', 'UPDATE bookings SET total_paid = 101'],
    ['less than nothing paid', 'UPDATE bookings SET total_paid = -1'],
    ['more paid than the instalment', 'UPDATE instalments SET paid_amount = 11'],
    ['a payment of nothing', 'UPDATE payments SET amount = 0'],
    ['more refunded than paid', 'UPDATE payments SET refunded_amount = 6'],
    ['a negative balance', 'UPDATE wallets SET balance = -1, held = 0'],
    ['more held than there is', 'UPDATE wallets SET held = 101'],
    ['a negative hold', 'UPDATE wallets SET held = -1'],
    ['a negative reserve', 'UPDATE wallets SET emi_reserve = -1'],
    ['a negative recoverable amount', 'UPDATE wallets SET recoverable = -1'],
    ['a hold of nothing', 'UPDATE holds SET amount = 0'],
    ['payout parts that do not add up', 'UPDATE payouts SET tds_amount = 6'],
    ['a net amount that is not what leaves', 'UPDATE payouts SET net_amount = 96'],
    ['a negative part of a payout', 'UPDATE payouts SET tds_amount = -5, transfer_amount = 85, net_amount = 105'],
    ['more consumed than qualified', 'UPDATE legs SET left_consumed = 3'],
    ['more qualified than in the team', 'UPDATE legs SET left_qualified = 4'],
    ['a pair that is reversed and stands', "UPDATE pairs SET status = 'reversed', reversed_at = created_at"],
    ['a pair that stands without its member', 'UPDATE pairs SET standing_left_id = NULL'],
    ['a pair that stands on another member', 'UPDATE pairs SET standing_right_id = right_user_id + 1'],
    ['a reversal of a part of an earning', 'UPDATE earnings SET reversed_amount = 1'],
    ['negative numbers of a leg', 'UPDATE legs SET right_consumed = -1, right_qualified = -1, right_team = -1'],
    [
      'a journal line of nothing',
      "INSERT INTO journal_lines (entry_id, account_kind, amount) SELECT id, 'bank', 0 FROM journal_entries",
    ],
    ['a wallet row that does not add up', walletRow({ amount: 5, before: 5, after: 11 })],
    ['a wallet row of nothing', walletRow({ amount: 0, before: 5, after: 5 })],
    ['a wallet row below zero', walletRow({ amount: -6, before: 5, after: -1 })],
  ])('refuses %s', async (_what, sql) => {
    await expect(execute(sql)).rejects.toThrow(/_check\b/)
  })

  describe('a member in two pairs of an earner', () => {
    /** Makes a second pair of the seeded earner; of each leg it has the seeded pair's member or a new one. */
    const pairAgain = (isNew: { left: boolean; right: boolean }) =>
      database.transaction(async (tx) => {
        const { id: _, pairNumber, ...pair } = await tx.pair.findFirstOrThrow({ orderBy: { id: 'asc' } })
        const newcomer = await tx.user.create({
          data: { username: 'newcomer', referralCode: 'NEWCOMER', dateJoined: at, updatedAt: at },
        })
        const left = isNew.left ? newcomer.id : pair.leftUserId
        const right = isNew.right ? newcomer.id : pair.rightUserId
        const members = { leftUserId: left, standingLeftId: left, rightUserId: right, standingRightId: right }
        await tx.pair.create({ data: { ...pair, ...members, pairNumber: pairNumber + 1 } })
        await tx.pair.deleteMany({ where: { pairNumber: pairNumber + 1 } })
        await tx.user.delete({ where: { id: newcomer.id } })
      })

    test('is refused while both stand', async () => {
      await expect(pairAgain({ left: false, right: true })).rejects.toMatchObject({ code: 'P2002' })
      await expect(pairAgain({ left: true, right: false })).rejects.toMatchObject({ code: 'P2002' })
      await pairAgain({ left: true, right: true })
    })

    test('is taken when the first is reversed', async () => {
      const reversed = { status: 'reversed', standingLeftId: null, standingRightId: null } as const
      await database.transaction(async (tx) => {
        const { id: _, ...pair } = await tx.pair.findFirstOrThrow({ orderBy: { id: 'asc' } })
        const data = { ...pair, ...reversed, reversedAt: at, reversedSide: 'left' as const }
        for (const pairNumber of [2, 3]) await tx.pair.create({ data: { ...data, pairNumber } })
        await tx.pair.deleteMany({ where: { pairNumber: { gt: 1 } } })
      })
    })
  })

  test('takes a wallet row that adds up', async () => {
    expect(await execute(walletRow({ amount: -5, before: 5, after: 0 }))).toBe(1)
  })

  test.each(['journal_entries', 'journal_lines', 'wallet_transactions'])(
    'never changes or removes rows of %s',
    async (table) => {
      const rows = () => database.read.$queryRawUnsafe(`SELECT * FROM ${table}`)
      const before = await rows()
      await expect(execute(`UPDATE ${table} SET id = id + 100`)).rejects.toThrow('append-only')
      await expect(execute(`DELETE FROM ${table}`)).rejects.toThrow('append-only')
      expect(await rows()).toEqual(before)
      expect(before).not.toEqual([])
    },
  )

  test('keeps members whose money is in the books', async () => {
    await expect(database.transaction((tx) => tx.user.deleteMany())).rejects.toMatchObject({ code: 'P2003' })
  })
})

function walletRow({ amount, before, after }: { amount: number; before: number; after: number }): string {
  return `INSERT INTO wallet_transactions (wallet_id, user_id, journal_entry_id, line_number, transaction_type, amount,
    balance_before, balance_after, description, reference_type, reference_id, created_at)
    SELECT wallet_id, user_id, journal_entry_id, 2, 'DEPOSIT', ${amount}, ${before}, ${after}, '', 'a', 1, created_at
    FROM wallet_transactions WHERE line_number = 1`
}
