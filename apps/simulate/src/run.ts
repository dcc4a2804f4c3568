import { createAccount, createVehicle } from '@ev/application'
import { kyc } from '@ev/db'
import type { Chance } from './chance.ts'
import { compare } from './compare.ts'
import type { Operation } from './operation.ts'
import { whatIsOwed } from './rest.ts'
import { client, Difference, deliver, openSimulation, relay, type Simulation, schedule, verify } from './simulation.ts'
import * as bookings from './steps/clients/bookings.ts'
import * as members from './steps/clients/members.ts'
import * as payments from './steps/clients/payments.ts'
import * as payouts from './steps/clients/payouts.ts'
import * as wallet from './steps/clients/wallet.ts'
import * as outside from './steps/outside-world.ts'
import { schedules } from './steps/work.ts'

export type RunOptions = {
  readonly seed: number
  readonly steps: number
  readonly file: string
  readonly onLine?: (line: string) => void
  /** Damages something on purpose, once, as soon as it can. Answers whether it did. */
  readonly plant?: (simulation: Simulation) => Promise<boolean>
  /** Compares after every step, to find where a difference begins. */
  readonly isStepwise?: boolean
}

export type RunResult = {
  readonly trace: string
  readonly step: number
  /** How many answers clients had that were no refusals. */
  readonly acknowledged: number
  readonly crashes: number
  readonly differences: readonly string[]
  /** What the clock of the run said last. */
  readonly endedAt: Date
}

/** One run: random steps, then rest, then everything is looked at. */
export async function run(options: RunOptions): Promise<RunResult> {
  const simulation = await openSimulation(options)
  let step = 0
  const fail = (differences: readonly string[]) => {
    const { acknowledged, platform } = simulation
    const counts = { step, acknowledged, crashes: platform.restarts() }
    return { trace: simulation.traceHash(), ...counts, differences, endedAt: platform.clock.now() }
  }
  try {
    await begin(simulation)
    let isPlanted = options.plant === undefined
    for (step = 1; step <= options.steps; step += 1) {
      await takeStep(simulation)
      if (!isPlanted && step > options.steps / 3) isPlanted = await options.plant!(simulation)
      if (options.isStepwise) {
        const found = (await compare(simulation.platform, simulation.model)).filter(
          (line) => !line.startsWith('booking'),
        )
        if (found.length > 0) return fail(found)
      }
    }
    await comeToRest(simulation)
    return fail([
      ...(await whatIsOwed(simulation.platform, simulation.model)),
      ...(await verify(simulation)),
      ...(await compare(simulation.platform, simulation.model)),
    ])
  } catch (error) {
    return fail([error instanceof Difference ? error.message : error instanceof Error ? error.stack! : String(error)])
  } finally {
    await simulation.platform.close()
  }
}

/** The superuser, a few vehicles, and the first members, some of them with approved papers. */
export async function begin(simulation: Simulation): Promise<void> {
  const { platform, model, chance } = simulation
  const crashRate = simulation.crashRate
  simulation.crashRate = 0
  const deps = platform.deps()
  const identifier = { type: 'email', value: 'admin@example.com' } as const
  const account = {
    identifier,
    role: 'admin',
    isSuperuser: true,
    firstName: '',
    lastName: '',
    createdById: null,
  } as const
  const { id } = await createAccount(deps, account)
  const empty = { balance: 0n, held: 0n, reserve: 0n, recoverable: 0n, earned: 0n, withdrawn: 0n }
  const rest = { referrer: null, preference: 'auto', isActiveBuyer: false, hasPan: false } as const
  model.members.set(id, { id, ...rest, ...empty })
  for (let n = 0; n < 3; n += 1) await addVehicle(simulation)
  for (let n = chance.between(2, 8); n > 0; n -= 1) {
    await client(simulation, members.register(model, chance))
    if (chance.isLucky(0.5)) await approvePapers(simulation, model.members.size)
  }
  simulation.crashRate = crashRate
}

async function addVehicle({ platform, model, chance }: Simulation): Promise<void> {
  const price = BigInt(chance.between(1_500, 20_000))
  const stock = chance.isLucky(0.5) ? null : chance.between(1, 3)
  const { id } = await createVehicle(platform.deps(), {
    ...{ actorId: null, name: 'Volt', colors: [], batteryVariants: [], price, status: 'available' },
    ...{ description: '', features: [], specifications: {}, stockQuantity: stock },
  })
  model.vehicles.set(id, { id, price, stock, isSoldOut: false })
}

async function approvePapers({ platform, model }: Simulation, userId: number): Promise<void> {
  const submittedAt = platform.clock.now()
  const panHash = String(userId).padStart(64, '0')
  await platform.db.transaction((tx) => kyc.save(tx, { userId, status: 'approved', panHash, submittedAt }))
  model.members.get(userId)!.hasPan = true
}

type Step = { readonly weight: number; take(simulation: Simulation): Promise<void> }

const asClient =
  (choose: (simulation: Simulation) => Operation | null) =>
  async (simulation: Simulation): Promise<void> => {
    const operation = choose(simulation)
    if (operation) await client(simulation, operation)
  }

const membersAtMost = 40

const steps: readonly Step[] = [
  {
    weight: 8,
    take: asClient(({ model, chance }) =>
      model.members.size <= membersAtMost ? members.register(model, chance) : null,
    ),
  },
  { weight: 2, take: asClient(({ model, chance }) => members.prefer(model, chance)) },
  { weight: 9, take: asClient(({ model, chance }) => bookings.book(model, chance)) },
  { weight: 16, take: asClient(({ model, chance }) => payments.makeAPayment(model, chance)) },
  { weight: 4, take: asClient(({ model, chance }) => payments.review(model, chance)) },
  { weight: 3, take: asClient(({ model, chance }) => payments.giveRefund(model, chance)) },
  { weight: 1, take: asClient(({ model, chance }) => bookings.cancelABooking(model, chance)) },
  { weight: 3, take: asClient(({ model, chance }) => wallet.fund(model, chance)) },
  { weight: 7, take: asClient(({ model, chance }) => payouts.askPayout(model, chance)) },
  { weight: 6, take: asClient(({ model, chance }) => payouts.decidePayout(model, chance)) },
  { weight: 1, take: asClient(({ model, chance }) => payouts.makeBatch(model, chance)) },
  { weight: 2, take: asClient(({ model, chance }) => payments.openOrder(model, chance)) },
  { weight: 1, take: asClient(({ model, chance }) => members.askForPairs(model, chance)) },
  { weight: 2, take: asClient(outside.hearOfPayment) },
  { weight: 2, take: asClient(outside.hearOfTransfer) },
  { weight: 2, take: asClient(outside.importABatch) },
  { weight: 1, take: asClient(outside.announcePlan) },
  { weight: 14, take: (simulation) => relay(simulation, simulation.chance.between(1, 30)) },
  { weight: 45, take: deliverSome },
  { weight: 4, take: repeatAnOldOne },
  { weight: 6, take: ({ chance, ...rest }) => schedule({ chance, ...rest }, chance.pick(schedules).name) },
  { weight: 5, take: moveTheClock },
]

const weightOfAll = steps.reduce((sum, { weight }) => sum + weight, 0)

async function takeStep(simulation: Simulation): Promise<void> {
  let at = simulation.chance.next() * weightOfAll
  for (const step of steps) {
    at -= step.weight
    if (at < 0) return step.take(simulation)
  }
}

async function deliverSome(simulation: Simulation): Promise<void> {
  const { chance, platform } = simulation
  const waiting = [...platform.transport.queues.values()].filter((queue) => queue.length > 0)
  if (waiting.length === 0) return
  const queue = chance.pick(waiting)
  const isBatched = queue[0]!.handler === 'network.place-and-match'
  const letters = someOf(chance, queue, isBatched ? chance.between(1, 8) : 1)
  await deliver(simulation, letters, { isAckLost: chance.isLucky(0.06) })
}

/** In the order in which they came, mostly. */
function someOf<T>(chance: Chance, all: readonly T[], count: number): T[] {
  if (chance.isLucky(0.6)) return all.slice(0, count)
  const left = [...all]
  const chosen: T[] = []
  while (left.length > 0 && chosen.length < count) chosen.push(...left.splice(chance.between(0, left.length - 1), 1))
  return chosen
}

async function repeatAnOldOne(simulation: Simulation): Promise<void> {
  const { chance, platform } = simulation
  if (platform.transport.past.length > 0) platform.transport.repeat(chance.pick(platform.transport.past))
}

const minuteMs = 60_000
const dayMs = 86_400_000

async function moveTheClock({ chance, platform, note }: Simulation): Promise<void> {
  const luck = chance.next()
  const ms =
    luck < 0.5
      ? chance.between(1, 120) * minuteMs
      : luck < 0.8
        ? chance.between(1, 6) * dayMs
        : luck < 0.97
          ? chance.between(20, 70) * dayMs
          : chance.between(200, 800) * dayMs
  platform.clock.advance(ms)
  note(`clock ${platform.clock.now().toISOString()}`)
}

const roundsAtMost = 200
/** Longer than any cooling-off that a plan of a run has. */
const coolingOffDays = 40

/** Nothing fails any more, and everything that waits is done: now, and again when every cooling-off is over. */
export async function comeToRest(simulation: Simulation): Promise<void> {
  const { platform } = simulation
  simulation.crashRate = 0
  platform.bank.calmDown()
  for (let again = 0; again < 2; again += 1) {
    await settle(simulation)
    platform.clock.advance(again === 0 ? coolingOffDays * dayMs : 20 * minuteMs)
    simulation.note(`rest ${platform.clock.now().toISOString()}`)
  }
  await settle(simulation)
}

async function settle(simulation: Simulation): Promise<void> {
  const { platform, model } = simulation
  const { transport, db } = platform
  for (let round = 0; round < roundsAtMost; round += 1) {
    for (const { name } of schedules) await schedule(simulation, name)
    for (const reference of platform.bank.transfers.keys()) platform.bank.finish(reference)
    const results = outside.restOfBatches(model)
    for (const operation of results) await client(simulation, operation)
    await relay(simulation, 500)
    for (const queue of transport.queues.values()) {
      const isBatched = queue[0]?.handler === 'network.place-and-match'
      while (queue.length > 0) await deliver(simulation, isBatched ? queue.slice(0, 200) : [queue[0]!])
    }
    const waiting = await db.read.outboxMessage.count({ where: { publishedAt: null } })
    const underway = await db.read.payout.count({ where: { status: 'processing' } })
    if (waiting === 0 && underway === 0 && transport.isEmpty()) return
  }
  throw new Difference('The platform does not come to rest.')
}
