import {
  approvePayout,
  createAccount,
  createVehicle,
  depositToWallet,
  type Idempotency,
  makePayment,
  openPaymentOrder,
  placeBooking,
  registerMember,
  requestPayout,
} from '@ev/application'
import { plans, sha256Hex } from '@ev/db'
import { type CompensationPlan, defaultPlan } from '@ev/domain'
import { type HandlerName, policyOf } from '@ev/messaging'
import { createChance } from '../chance.ts'
import { openPlatform, type SimulatedPlatform } from '../platform.ts'
import { admin } from '../steps/clients/actors.ts'

const plan: CompensationPlan = {
  ...defaultPlan,
  activeBuyerThreshold: 5_000n,
  minPreBooking: 100n,
  pairEarning: 1_000n,
  gracePairs: 0,
  monthlyPairLimit: 2,
  pairEligibility: 'qualified_sale',
}

export type Scene = Awaited<ReturnType<typeof openScene>>

/** A quiet world with an admin, one vehicle, and Asha (2) who referred Ravi (3) and Meena (4). */
export async function openScene(file: string) {
  const platform = await openPlatform({ file, chance: createChance(1), isCalm: true })
  const { db, clock, transport } = platform
  let keys = 0
  const once = (): NonNullable<Idempotency> => {
    keys += 1
    return { scope: 'scene', keyHash: sha256Hex(`${keys}`), fingerprint: sha256Hex('scene') }
  }
  const actor = (userId: number) => ({ userId, role: 'user', isSuperuser: false }) as const
  const deps = () => platform.deps()

  const scene = {
    platform,
    once,
    actor,
    async book(userId: number, { months = null as number | null } = {}): Promise<number> {
      const { value } = await placeBooking(deps(), bookingOf(userId, { months, idempotency: once() }))
      return value.id
    },
    bookingOf,
    async pay(
      userId: number,
      bookingId: number,
      amount: bigint,
      method: 'online' | 'cash' = 'online',
    ): Promise<number> {
      const command = { actor: actor(userId), idempotency: once(), bookingId, amount, method, transactionId: null }
      return (await makePayment(deps(), command)).value.id
    },
    /** A booking of which `amount` is paid. */
    async buy(userId: number, amount: bigint): Promise<{ bookingId: number; paymentId: number }> {
      const bookingId = await scene.book(userId)
      return { bookingId, paymentId: await scene.pay(userId, bookingId, amount) }
    },
    async order(userId: number, bookingId: number, amount: bigint): Promise<string> {
      const command = { actor: actor(userId), idempotency: once(), bookingId, amount }
      return (await openPaymentOrder(deps(), command)).value.providerOrderId
    },
    deposit: (userId: number, amount: bigint) =>
      depositToWallet(deps(), { actor: admin, idempotency: once(), userId, amount, reason: 'For the scene' }),
    payoutOf,
    async askPayout(userId: number, requested: bigint, options: PayoutOptions = {}): Promise<number> {
      return (await requestPayout(deps(), payoutOf(userId, requested, once(), options))).value.id
    },
    approve: (payoutId: number) => approvePayout(deps(), { actor: admin, payoutId, idempotency: once() }),
    /** Publishes what waits and hands over everything but what is for `except`, until nothing moves. */
    async settle({ except }: { except?: HandlerName } = {}): Promise<void> {
      for (let isMoving = true; isMoving; ) {
        isMoving = false
        await platform.relay(500)
        for (const [handler, queue] of transport.queues) {
          while (handler !== except && queue.length > 0) {
            await transport.deliver([queue[0]!], { isAckLost: false })
            isMoving = true
          }
        }
      }
    },
    /** Hands over what waits for a handler: the first message, or all of them to one that takes batches. */
    async deliver(handler: HandlerName): Promise<readonly string[]> {
      const waiting = [...transport.queues.get(handler)!]
      const letters = policyOf(handler).batch ? waiting : waiting.slice(0, 1)
      const outcomes = await transport.deliver(letters, { isAckLost: false })
      return outcomes.map(({ kind }) => kind)
    },
  }

  function bookingOf(userId: number, { months, idempotency }: { months: number | null; idempotency: Idempotency }) {
    return {
      ...{ actor: actor(userId), idempotency, vehicle: { id: 1 }, color: null, batteryVariant: null },
      ...{ bookingAmount: 1_000n, totalAmount: null, emiMonths: months, emiStart: null, referralCode: null },
      paymentOption: months === null ? ('full_payment' as const) : ('emi_options' as const),
      ...{ joinDistributorProgram: false, delivery: { city: null, state: null, pin: null } },
      ...{ isTermsAccepted: true, ipAddress: null },
    }
  }

  type PayoutOptions = { isEmi?: boolean; account?: string }
  function payoutOf(userId: number, requested: bigint, idempotency: Idempotency, options: PayoutOptions = {}) {
    const { isEmi: isEmiAutoFilled = false, account: accountNumber = '123456789012' } = options
    const bankAccount = { bankName: 'HDFC', accountNumber, ifscCode: 'HDFC0001234', accountHolderName: 'Asha' }
    return { actor: actor(userId), idempotency, requested, isEmiAutoFilled, bankAccount }
  }

  await db.transaction((tx) =>
    plans.insert(tx, plan, { effectiveFrom: new Date(0), createdById: null, now: clock.now() }),
  )
  const identifier = { type: 'email', value: 'admin@example.com' } as const
  await createAccount(deps(), {
    ...{ identifier, role: 'admin', isSuperuser: true, firstName: '', lastName: '', createdById: null },
  })
  await createVehicle(deps(), {
    ...{ actorId: null, name: 'Volt', colors: [], batteryVariants: [], price: 10_000n, status: 'available' },
    ...{ description: '', features: [], specifications: {}, stockQuantity: 20 },
  })
  for (const [name, referredById] of [
    ['asha', null],
    ['ravi', 2],
    ['meena', 2],
  ] as const) {
    const member = { identifier: { type: 'email', value: `${name}@example.com` }, referredById } as const
    await db.transaction((tx) => registerMember(tx, deps(), member))
  }
  await scene.settle()
  return scene
}

/** Nothing was committed since the last look when this is the same. */
export async function committedVersion({ db }: SimulatedPlatform): Promise<string> {
  const rows = await db.read.$queryRawUnsafe<{ data_version: bigint }[]>('PRAGMA data_version')
  return String(rows[0]?.data_version)
}

/**
 * Every row of every table, as text: two databases with the same hold the same. The head of the tree counts batches, an empty one as well,
 * and is left out.
 */
export async function everything({ db }: SimulatedPlatform): Promise<string> {
  const tables = await db.read.$queryRawUnsafe<{ name: string }[]>(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'network_head' ORDER BY name",
  )
  const contents: string[] = []
  for (const { name } of tables) {
    const rows = await db.read.$queryRawUnsafe<object[]>(`SELECT * FROM "${name}" ORDER BY 1`)
    for (const row of rows) {
      contents.push(
        `${name} ${JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))}`,
      )
    }
  }
  return contents.join('\n')
}
