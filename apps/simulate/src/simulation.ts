import { createHash } from 'node:crypto'
import { type Idempotency, verifyLedger, verifyTree } from '@ev/application'
import { plans, sha256Hex } from '@ev/db'
import { type CompensationPlan, isDomainError } from '@ev/domain'
import { type Chance, createChance } from './chance.ts'
import type { CrashPoint } from './crash.ts'
import { handle } from './model/handle.ts'
import { Refused } from './model/refused.ts'
import { createModel, type Model } from './model/state.ts'
import type { Operation } from './operation.ts'
import type { Letter } from './outside/transport.ts'
import { ClientGone, openPlatform, type SimulatedPlatform } from './platform.ts'
import { firstPlan } from './steps/plan-settings.ts'
import { schedules } from './steps/work.ts'

/** The platform and its model do not agree. */
export class Difference extends Error {
  override readonly name = 'Difference'
}

export type Simulation = {
  readonly seed: number
  readonly chance: Chance
  readonly platform: SimulatedPlatform
  readonly model: Model
  /** Chance of a crash in a step that can have one. */
  crashRate: number
  /** How many answers clients have had that were no refusals. */
  acknowledged: number
  note(line: string): void
  /** SHA-256 of everything that was noted. */
  traceHash(): string
}

export async function openSimulation(options: {
  seed: number
  file: string
  onLine?: (line: string) => void
  plan?: CompensationPlan
}): Promise<Simulation> {
  const { seed, file, onLine } = options
  const chance = createChance(seed)
  const platform = await openPlatform({ file, chance })
  const plan = options.plan ?? firstPlan(chance)
  const now = platform.clock.now()
  await platform.db.transaction((tx) => plans.insert(tx, plan, { effectiveFrom: new Date(0), createdById: null, now }))
  const hash = createHash('sha256')
  return {
    seed,
    chance,
    platform,
    model: createModel(plan, now),
    crashRate: 0.12,
    acknowledged: 0,
    note(line) {
      hash.update(`${line}\n`)
      onLine?.(line)
    },
    traceHash: () => hash.copy().digest('hex'),
  }
}

/** The most awaits of one step that a crash may come before; later ones have their turn in the exhaustive test. */
const awaitsAtMost = 45

function aCrash({ chance, crashRate }: Simulation): CrashPoint | null {
  if (!chance.isLucky(crashRate)) return null
  return chance.isLucky(0.25) ? { commit: 1 } : { await: chance.between(1, awaitsAtMost) }
}

/** Runs `work` in a process that dies at `point`. Answers whether it died; a new process lives afterwards. */
export async function survive(
  { platform, chance }: Pick<Simulation, 'platform' | 'chance'>,
  point: CrashPoint | null,
  work: () => Promise<void>,
): Promise<{ hasDied: boolean; commits: number }> {
  const { crash } = platform
  crash.arm(point)
  try {
    await work()
  } catch (error) {
    if (!crash.isDead()) throw error
  }
  const hasDied = crash.isDead()
  const { commits } = crash.counts()
  crash.arm(null)
  if (hasDied) await platform.restart({ isCacheLost: chance.isLucky(0.5) })
  return { hasDied, commits }
}

type Outcome = { readonly answer: unknown } | { readonly refused: string }

const text = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? String(each) : each))

/** A client asks until it has an answer, always under the same key, and the model says what the answer has to be. */
export async function client(simulation: Simulation, operation: Operation, first?: CrashPoint): Promise<void> {
  const { platform, model, chance } = simulation
  const { name, facts } = operation
  const key = sha256Hex(`${simulation.seed}:${chance.next()}`)
  const idempotency = { scope: 'simulated', keyHash: key, fingerprint: sha256Hex(name + facts) }
  let point = first ?? aCrash(simulation)
  let outcome: Outcome | null = null
  let deaths = 0
  while (!outcome) {
    await survive(simulation, point, async () => {
      outcome = await ask(simulation, operation, idempotency)
    })
    if (!outcome) deaths += 1
    point = deaths < 3 ? aCrash(simulation) : null
  }
  if ('answer' in outcome) simulation.acknowledged += 1
  const expected = expectation(operation, model, platform.clock.now())
  simulation.note(`${name}: ${facts}${deaths ? ` [died ${deaths} times]` : ''} -> ${text(outcome)}`)
  if (text(outcome) !== text(expected))
    throw new Difference(`${name} (${facts}): the platform says ${text(outcome)}, the model ${text(expected)}`)
}

async function ask(
  { platform }: Simulation,
  operation: Operation,
  idempotency: NonNullable<Idempotency>,
): Promise<Outcome> {
  try {
    return { answer: await operation.ask(platform.deps(), idempotency) }
  } catch (error) {
    if (platform.crash.isDead()) throw error
    if (error instanceof ClientGone) return { answer: 'gone' }
    if (isDomainError(error)) return { refused: error.code }
    throw error
  }
}

function expectation(operation: Operation, model: Model, now: Date): Outcome {
  try {
    return { answer: operation.expect(model, now) }
  } catch (error) {
    if (error instanceof Refused) return { refused: error.code }
    throw error
  }
}

/** Letters of one queue reach their handler together. */
export async function deliver(
  simulation: Simulation,
  letters: readonly Letter[],
  { isAckLost = false, point = aCrash(simulation) }: { isAckLost?: boolean; point?: CrashPoint | null } = {},
): Promise<void> {
  const { platform, model } = simulation
  const { transport, bank, clock } = platform
  const { handler } = letters[0]!
  bank.forgetAnswers()
  let kinds: string[] = []
  const { hasDied, commits } = await survive(simulation, point, async () => {
    kinds = (await transport.deliver(letters, { isAckLost })).map(({ kind }) => kind)
  })
  const what = letters.map(({ envelope }) => `${envelope.name} ${text(envelope.payload)}`).join(', ')
  const fate = hasDied ? `died after ${commits} commits` : `${kinds.join(' ')}${isAckLost ? ', not acknowledged' : ''}`
  simulation.note(`${handler}: ${what} -> ${fate}`)
  if (commits === 0) return
  const batch = letters.map(({ envelope }) => envelope)
  handle(model, { handler, batch, answerOf: (id) => bank.answeredNow(`payout-${id}`) }, clock.now())
}

/** A schedule runs; one that was cut short runs again at once, which is its next time. */
export async function schedule(simulation: Simulation, name: string): Promise<void> {
  const { platform, model } = simulation
  const { run, expect } = schedules.find((each) => each.name === name)!
  platform.bank.forgetAnswers()
  let deaths = 0
  for (;;) {
    const point = deaths === 0 ? aCrash(simulation) : null
    const { hasDied } = await survive(simulation, point, async () => {
      await run(platform.deps())
    })
    if (!hasDied) break
    deaths += 1
  }
  simulation.note(`schedule ${name}${deaths ? ' [died]' : ''}`)
  expect(model, platform.clock.now(), platform)
}

/** The relay publishes a page of the outbox, and may die before it has marked it. */
export async function relay(simulation: Simulation, pageSize: number): Promise<void> {
  const { hasDied } = await survive(simulation, aCrash(simulation), () => simulation.platform.relay(pageSize))
  simulation.note(`relay ${pageSize}${hasDied ? ' [died]' : ''}`)
}

/** What the platform's own verifiers find. */
export async function verify({ platform }: Simulation): Promise<string[]> {
  const deps = platform.deps()
  const found = [
    ...(await verifyLedger(deps, { progress: () => {}, settledAfterMs: 0 })),
    ...(await verifyTree(deps, { progress: () => {}, settledAfterMs: 0 })),
  ]
  return found.map(({ check, subject, expected, actual }) => `${check}: ${subject}: ${actual}, not ${expected}`)
}
