import { createVehicle, type Deps, makePayment, parseIdentifier, placeBooking, registerMember } from '@ev/application'
import { rupees } from '@ev/domain'

/** A confirmed sale of a referred member, whose payment earns the referrer a bonus. */
export type Sale = { pay(): Promise<{ paymentId: number }> }

const together = 8

/** Registers buyers below `referrers` members in turn and books for each; nothing is paid yet. */
export async function prepareSales(
  deps: Deps,
  { count, referrers }: { count: number; referrers: number },
): Promise<Sale[]> {
  const { id: vehicleId } = await createVehicle(deps, { actorId: null, ...aVehicle })
  const above = await inTurn(referrers, () => register(deps, null))
  return inTurn(count, async (n) => {
    const userId = await register(deps, above[n % above.length]!)
    const actor = { userId, role: 'user', isSuperuser: false } as const
    const booked = await placeBooking(deps, { actor, idempotency: null, vehicle: { id: vehicleId }, ...aBooking })
    return {
      async pay() {
        const { value } = await makePayment(deps, {
          actor,
          idempotency: null,
          bookingId: booked.value.id,
          amount: rupees(5_000),
          method: 'online',
          transactionId: null,
        })
        return { paymentId: value.id }
      },
    }
  })
}

/** Does `work` for each number below `count`, a few at a time; answers in order. */
export async function inTurn<T>(count: number, work: (n: number) => Promise<T>): Promise<T[]> {
  const answers: T[] = []
  let next = 0
  const workUntilNoneIsLeft = async () => {
    while (next < count) {
      const n = next
      next += 1
      answers[n] = await work(n)
    }
  }
  await Promise.all(Array.from({ length: together }, workUntilNoneIsLeft))
  return answers
}

async function register(deps: Deps, referredById: number | null): Promise<number> {
  const identifier = parseIdentifier({ type: 'email', text: `${deps.ids.uuid()}@example.com` })
  const profile = { firstName: 'Some', lastName: 'Member', city: 'Pune' }
  const member = await deps.db.transaction((tx) => registerMember(tx, deps, { identifier, referredById, profile }))
  return member.id
}

const aVehicle = {
  name: 'Vayu',
  colors: [],
  batteryVariants: [],
  price: rupees(100_000),
  status: 'available',
  description: '',
  features: [],
  specifications: {},
  stockQuantity: null,
} as const

const aBooking = {
  color: null,
  batteryVariant: null,
  bookingAmount: rupees(500),
  totalAmount: null,
  paymentOption: 'full_payment',
  emiMonths: null,
  emiStart: null,
  referralCode: null,
  joinDistributorProgram: false,
  delivery: { city: null, state: null, pin: null },
  isTermsAccepted: true,
  ipAddress: null,
} as const
