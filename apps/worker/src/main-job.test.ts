import { approvePayout, createVehicle, makePayment, placeBooking, requestPayout } from '@ev/application'
import { eachDatabase } from '@ev/db/testing'
import { rupees } from '@ev/domain'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { aPlatform, type TestPlatform } from './testing/a-platform.ts'

eachDatabase((_name, makeDatabase) => {
  let platform: TestPlatform
  beforeEach(async () => {
    platform = await aPlatform((await makeDatabase()).database)
  })
  afterEach(() => platform.close())

  const actor = (userId: number, role: 'user' | 'admin' = 'user') => ({ userId, role, isSuperuser: false })

  async function aBooking(userId: number, { emiMonths = null as number | null, price = 100_000 } = {}) {
    const vehicle = await createVehicle(platform.deps, {
      name: 'Volt',
      colors: [],
      batteryVariants: [],
      price: rupees(price),
      status: 'available',
      description: '',
      features: [],
      specifications: {},
      stockQuantity: 5,
    })
    const { value } = await placeBooking(platform.deps, {
      actor: actor(userId),
      idempotency: null,
      vehicle: { id: vehicle.id },
      color: null,
      batteryVariant: null,
      bookingAmount: rupees(500),
      totalAmount: null,
      paymentOption: emiMonths ? 'emi_options' : 'full_payment',
      emiMonths,
      emiStart: null,
      referralCode: null,
      joinDistributorProgram: false,
      delivery: { city: null, state: null, pin: null },
      isTermsAccepted: true,
      ipAddress: null,
    })
    return value
  }
  const pay = (userId: number, bookingId: number, amount: number, method: 'online' | 'wallet' = 'online') =>
    makePayment(platform.deps, {
      actor: actor(userId),
      idempotency: null,
      bookingId,
      amount: rupees(amount),
      method,
      transactionId: null,
    })
  const wallet = (userId: number) => platform.deps.db.read.wallet.findUniqueOrThrow({ where: { userId } })

  test('a referrer earns 5 % of every payment of a confirmed booking, earlier ones included, once', async () => {
    const asha = await platform.aMember()
    const ravi = await platform.aMember(asha.id)
    const booking = await aBooking(ravi.id)
    await pay(ravi.id, booking.id, 500)
    await platform.settled()
    expect((await wallet(asha.id)).balance).toBe(0n)
    await pay(ravi.id, booking.id, 4_500)
    await platform.settled()
    expect(await wallet(asha.id)).toMatchObject({ balance: rupees(250), totalEarned: rupees(250) })
    await pay(ravi.id, booking.id, 95_000)
    await platform.settled()
    expect((await wallet(asha.id)).balance).toBe(rupees(5_000))
    await platform.expectClean()
  })

  test('pairs are made as members join; from the sixth on 20 % goes to the EMI booking of a member who is no Active Buyer', async () => {
    const asha = await platform.aMember()
    const booking = await aBooking(asha.id, { emiMonths: 12 })
    for (let n = 0; n < 14; n += 1) await platform.aMember(asha.id)
    await platform.settled()
    const pairs = await platform.deps.db.read.pair.findMany({ where: { userId: asha.id }, orderBy: { id: 'asc' } })
    expect(pairs.map(({ pairNumber, status }) => [pairNumber, status])).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((n) => [n, 'processed']),
    )
    expect(await wallet(asha.id)).toMatchObject({
      balance: rupees(5 * 500 + 2 * 400),
      emiReserve: 0n,
      totalEarned: rupees(3_500),
    })
    const after = await platform.deps.db.read.booking.findUniqueOrThrow({ where: { id: booking.id } })
    expect(after.totalPaid).toBe(rupees(200))
    await platform.expectClean()
  })

  test('a deduction that finds no booking waits in the reserve for the next EMI booking', async () => {
    const asha = await platform.aMember()
    for (let n = 0; n < 13; n += 1) await platform.aMember(asha.id)
    await platform.settled()
    expect(await wallet(asha.id)).toMatchObject({ balance: rupees(2_900), emiReserve: rupees(100) })
    const booking = await aBooking(asha.id, { emiMonths: 6 })
    expect(booking.totalPaid).toBe(rupees(100))
    expect((await wallet(asha.id)).emiReserve).toBe(0n)
    await platform.settled()
    await platform.expectClean()
  })

  test('a payout is held, taxed, and fills the EMI; a refused transfer gives the hold back', async () => {
    const admin = await platform.aMember()
    const asha = await platform.aMember()
    const booking = await aBooking(asha.id, { emiMonths: 10 })
    const ravi = await platform.aMember(asha.id)
    const bought = await aBooking(ravi.id)
    await pay(ravi.id, bought.id, 100_000)
    await platform.settled()
    const ask = (accountNumber: string, requested: number) =>
      requestPayout(platform.deps, {
        actor: actor(asha.id),
        idempotency: null,
        requested: rupees(requested),
        isEmiAutoFilled: true,
        bankAccount: { bankName: 'HDFC', accountNumber, ifscCode: 'HDFC0001234', accountHolderName: 'Asha' },
      })
    const { value: refused } = await ask('000000000', 2_000)
    const { value: good } = await ask('123456789012', 3_000)
    expect(await wallet(asha.id)).toMatchObject({ balance: rupees(5_000), held: rupees(5_000) })
    await expect(ask('123456789012', 1)).rejects.toMatchObject({ code: 'payout.exceeds_available' })
    for (const payout of [refused, good]) {
      await approvePayout(platform.deps, { actor: actor(admin.id, 'admin'), payoutId: payout.id, idempotency: null })
    }
    await platform.settled()
    // ₹3,000 less 5 % tax leaves ₹2,850; the booking amount of ₹500 is due.
    expect(await wallet(asha.id)).toMatchObject({
      balance: rupees(2_000),
      held: 0n,
      emiReserve: 0n,
      totalWithdrawn: rupees(3_000),
    })
    const rows = await platform.deps.db.read.payout.findMany({ orderBy: { id: 'asc' } })
    expect(rows.map(({ status }) => status)).toEqual(['failed', 'completed'])
    expect((await platform.deps.db.read.booking.findUniqueOrThrow({ where: { id: booking.id } })).totalPaid).toBe(
      rupees(500),
    )
    expect(await platform.deps.db.read.tdsRecord.findFirst()).toMatchObject({
      financialYear: '2026-27',
      tdsDeducted: rupees(150),
      q3Tds: rupees(150),
    })
    await platform.expectClean()
  })

  test('a worker that starts again carries the tree on where it was', async () => {
    const asha = await platform.aMember()
    for (let n = 0; n < 3; n += 1) await platform.aMember(asha.id)
    await platform.settled()
    await platform.restartWorker()
    for (let n = 0; n < 3; n += 1) await platform.aMember(asha.id)
    await platform.settled()
    expect(await platform.deps.db.read.pair.count({ where: { userId: asha.id } })).toBe(3)
    await platform.expectClean()
  })
})
