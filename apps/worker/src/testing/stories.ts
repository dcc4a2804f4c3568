import { createVehicle, makePayment, type PlaceBooking, placeBooking, requestPayout } from '@ev/application'
import { ledger, plans, walletAdjustments, wallets } from '@ev/db'
import { adjustWallet, type CompensationPlan, rupees } from '@ev/domain'
import type { QuietPlatform } from './a-platform.ts'

type Stage = Pick<QuietPlatform, 'deps'>

export const actor = (userId: number, role: 'user' | 'admin' = 'user') =>
  ({ userId, role, isSuperuser: false }) as const

/** What members do, with everything filled in that a test does not care about. Amounts are whole rupees. */
export function stories({ deps }: Stage) {
  const aVehicle = ({ price = 100_000, stock = null as number | null } = {}) =>
    createVehicle(deps, {
      actorId: null,
      name: 'Volt',
      colors: [],
      batteryVariants: [],
      price: rupees(price),
      status: 'available',
      description: '',
      features: [],
      specifications: {},
      stockQuantity: stock,
    })

  async function book(userId: number, vehicleId: number, change: Partial<PlaceBooking> = {}) {
    const { value } = await placeBooking(deps, {
      actor: actor(userId),
      idempotency: null,
      vehicle: { id: vehicleId },
      color: null,
      batteryVariant: null,
      bookingAmount: rupees(500),
      totalAmount: null,
      paymentOption: change.emiMonths ? 'emi_options' : 'full_payment',
      emiMonths: null,
      emiStart: null,
      referralCode: null,
      joinDistributorProgram: false,
      delivery: { city: null, state: null, pin: null },
      isTermsAccepted: true,
      ipAddress: null,
      ...change,
    })
    return value
  }

  return {
    aVehicle,
    book,
    /** A booking of a vehicle of its own. */
    async aBooking(userId: number, { price = 100_000, ...change }: { price?: number } & Partial<PlaceBooking> = {}) {
      return book(userId, (await aVehicle({ price })).id, change)
    },
    bookingOf: (id: number) => deps.db.read.booking.findUniqueOrThrow({ where: { id } }),
    pay: (
      userId: number,
      bookingId: number,
      amount: number,
      { method = 'online', transactionId = null }: { method?: 'online' | 'wallet'; transactionId?: string | null } = {},
    ) =>
      makePayment(deps, {
        actor: actor(userId),
        idempotency: null,
        bookingId,
        amount: rupees(amount),
        method,
        transactionId,
      }),
    walletOf: (userId: number) => deps.db.read.wallet.findUniqueOrThrow({ where: { userId } }),
    /** Puts money into a wallet that nobody earned. */
    fund: (userId: number, amount: number) =>
      deps.db.transaction(async (tx) => {
        const now = deps.clock.now()
        const facts = { kind: 'adjustment', amount: rupees(amount), reason: 'For the test' } as const
        const { id } = await walletAdjustments.insert(tx, { ...facts, userId, actorId: userId, now })
        await ledger.post(tx, adjustWallet(await wallets.lock(tx, userId), { ...facts, id }), { now })
      }),
    askPayout: (userId: number, requested: number, { isEmiAutoFilled = false, accountNumber = '123456789012' } = {}) =>
      requestPayout(deps, {
        actor: actor(userId),
        idempotency: null,
        requested: rupees(requested),
        isEmiAutoFilled,
        bankAccount: { bankName: 'HDFC', accountNumber, ifscCode: 'HDFC0001234', accountHolderName: 'Asha' },
      }).then(({ value }) => value),
    payoutOf: (id: number) => deps.db.read.payout.findUniqueOrThrow({ where: { id } }),
    journalOf: (key: string) => deps.db.read.journalEntry.count({ where: { key } }),
    outboxOf: (name: string) => deps.db.read.outboxMessage.count({ where: { name } }),
    /** The next version of the plan, in effect from now on. */
    changePlan: (change: Partial<CompensationPlan>) =>
      deps.db.transaction(async (tx) => {
        const now = deps.clock.now()
        const current = await plans.current(tx, now)
        const next = { ...current, ...change, version: current.version + 1 }
        await plans.insert(tx, next, { effectiveFrom: now, createdById: null, now })
      }),
  }
}

export type Stories = ReturnType<typeof stories>

/** How many of these promises were kept, and the refusals' codes (or the fault itself) of the others. */
export async function outcomes<T>(attempts: readonly Promise<T>[]): Promise<{ kept: T[]; refused: string[] }> {
  const kept: T[] = []
  const refused: string[] = []
  for (const result of await Promise.allSettled(attempts)) {
    if (result.status === 'fulfilled') kept.push(result.value)
    else refused.push(codeOf(result.reason))
  }
  return { kept, refused }
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error) return String(error.code)
  return String(error)
}
