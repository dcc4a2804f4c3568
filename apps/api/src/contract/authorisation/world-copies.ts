import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, openDatabase } from '@ev/db'
import { sqliteTemplate } from '@ev/db/testing'
import { createLogger } from '@ev/runtime'
import { anApi } from '../../testing/an-api.ts'
import { aWorld, sameWorldOn, type World } from './world.ts'

const log = createLogger({ level: 'silent', pretty: false })

export type WorldCopies = {
  /** The world itself, for questions that change nothing. */
  readonly world: World
  /** Works in a copy of the world that is thrown away afterwards, so that every question finds the same one. */
  inCopy<T>(work: (world: World, database: Database) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** One world on SQLite, and any number of copies of it. */
export async function worldInCopies(): Promise<WorldCopies> {
  const folder = mkdtempSync(join(tmpdir(), 'ev-world-'))
  const open = (file: string) => openDatabase({ url: `file:${file}`, log })
  const file = join(folder, 'world.db')
  copyFileSync(await sqliteTemplate(), file)
  const making = await open(file)
  const made = await aWorld(await anApi(making))
  await making.close()
  // Closed once, so that the file holds everything and can be copied.
  const snapshot = join(folder, 'snapshot.db')
  copyFileSync(file, snapshot)
  const database = await open(file)
  const world = await sameWorldOn(made, database)
  return {
    world,
    async inCopy(work) {
      const copy = join(folder, 'copy.db')
      for (const ending of ['', '-wal', '-shm']) rmSync(`${copy}${ending}`, { force: true })
      copyFileSync(snapshot, copy)
      const opened = await open(copy)
      try {
        return await work(await sameWorldOn(world, opened), opened)
      } finally {
        await opened.close()
      }
    },
    async close() {
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
