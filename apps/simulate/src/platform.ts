import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createNetworkWriter, type Deps } from '@ev/application'
import { type Database, migrate, outboxSource } from '@ev/db'
import { openSimulatedDatabase } from '@ev/db/testing/simulated-database'
import { createRelay } from '@ev/messaging'
import {
  createKeyedHash,
  createLogger,
  createMemoryCache,
  createMemoryFileStore,
  type ManualClock,
  manualClock,
} from '@ev/runtime'
import { consumeAll } from '@ev/worker'
import { type Chance, createChance } from './chance.ts'
import { type CrashSwitch, createCrashSwitch } from './crash.ts'
import { type SimulatedBank, simulatedBank } from './outside/bank.ts'
import { openEncryption } from './outside/encryption.ts'
import { type SimulatedGateway, simulatedGateway } from './outside/gateway.ts'
import { simulatedIds } from './outside/ids.ts'
import { type SimulatedTransport, simulatedTransport } from './outside/transport.ts'

/** The whole platform in this process, over a real database, with everything outside of it simulated. */
export type SimulatedPlatform = {
  readonly db: Database
  readonly clock: ManualClock
  readonly crash: CrashSwitch
  readonly transport: SimulatedTransport
  readonly bank: SimulatedBank
  readonly gateway: SimulatedGateway
  /** What the process that lives now was made with. */
  deps(): Deps
  /** A new process over the same database and broker: what was in memory is gone, the cache when it was a part of it. */
  restart(options: { isCacheLost: boolean }): Promise<void>
  /** How often it was restarted. */
  restarts(): number
  /** Identifiers begin anew from a seed. */
  reseedIds(seed: number): void
  /** Publishes one page of the outbox, as the relay does. */
  relay(pageSize: number): Promise<void>
  close(): Promise<void>
}

/** The client has gone away before its answer came. */
export class ClientGone extends Error {}

const quiet = { info: () => {}, warn: () => {}, error: () => {} }
const log = createLogger({ level: process.env['LOG_LEVEL'] ?? 'silent', pretty: false })
const hash = createKeyedHash('a simulated hash key of thirty-two bytes')
const start = new Date('2026-02-27T06:00:00.000Z')

export type PlatformOptions = {
  readonly file: string
  readonly chance: Chance
  /** Whether the world outside does what it is asked, always and at once. */
  readonly isCalm?: boolean
}

export async function openPlatform({ file, chance, isCalm = false }: PlatformOptions): Promise<SimulatedPlatform> {
  const clock = manualClock(start)
  const crash = createCrashSwitch()
  let idChance = chance.fork()
  const ids = simulatedIds({ ...idChance, between: (from, to) => idChance.between(from, to) })
  const luck = () => (isCalm ? uneventful : chance.fork())
  const bank = simulatedBank(luck(), crash)
  const gateway = simulatedGateway(luck(), crash)
  const transport = simulatedTransport(luck(), crash)
  const pauses = chance.fork()
  const db = await openSimulatedDatabase({
    file,
    watch: crash,
    log: quiet,
    random: pauses.next,
    sleep: async () => {},
  })
  let deps: Deps = newDeps()

  function newDeps(cache = createMemoryCache({ clock })): Deps {
    return {
      db,
      clock,
      ids,
      cache,
      mailer: { send: async () => crash.before('the mail server') },
      files: createMemoryFileStore({ clock }),
      hash,
      encryption: openEncryption,
      bank,
      gateway,
      log,
      sleep: async () => {
        throw new ClientGone()
      },
    }
  }

  async function subscribe(): Promise<void> {
    await consumeAll({ ...deps, networkWriter: createNetworkWriter(deps) }, transport)
  }

  await subscribe()
  let restarts = 0
  return {
    ...{ db, clock, crash, transport, bank, gateway },
    deps: () => deps,
    async restart({ isCacheLost }) {
      restarts += 1
      crash.arm(null)
      deps = isCacheLost ? newDeps() : newDeps(deps.cache as ReturnType<typeof createMemoryCache>)
      await subscribe()
    },
    restarts: () => restarts,
    reseedIds(seed) {
      idChance = createChance(seed)
    },
    async relay(pageSize) {
      const backoff = { firstMs: 1, maxMs: 1 }
      const source = outboxSource(db, clock)
      const relay = createRelay({
        source,
        transport,
        log: quiet,
        options: { pageSize, gatherMs: 0, sweepMs: 1, backoff },
      })
      // It has begun with a page and finishes that.
      await relay.stop()
    },
    close: () => db.close(),
  }
}

/** Nothing unlikely ever happens. */
const uneventful: Chance = { ...createChance(0), next: () => 0.999, isLucky: () => false }

const scratch = '/dev/shm'

/** A folder for databases that are thrown away, in memory where there is such a place, with a migrated one to copy. */
export async function openScratch(): Promise<{ newFile(name: string): string; remove(): void; folder: string }> {
  const folder = mkdtempSync(join(isFolder(scratch) ? scratch : tmpdir(), 'ev-simulate-'))
  const template = join(folder, 'template.db')
  await migrate({ url: `file:${template}`, log: quiet, clock: { now: () => start } })
  return {
    folder,
    newFile(name) {
      const file = join(folder, `${name}.db`)
      for (const ending of ['', '-wal', '-shm']) rmSync(file + ending, { force: true })
      copyFileSync(template, file)
      return file
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
