import { execFile } from 'node:child_process'
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { type EmbeddedStack, embeddedStack, makePlace, type Place, removePlace } from '@ev/e2e'
import Connection from 'better-sqlite3'
import { shown, underLoad } from '../fault.ts'
import { embedded } from './stacks-of-faults.ts'

const heldMs = 8_000
const times = 2

/** Another process writes for longer than anyone waits. */
export const fileLocked = underLoad({
  letter: 'k',
  title: 'SQLite locked by another process',
  on: embedded,
  open: () => embeddedStack(),
  async harm({ env, platform }, { traffic, more }) {
    const other = new Connection(`${env['DATA_DIR']}/ev.db`, { timeout: 10_000 })
    for (let n = 0; n < times; n += 1) {
      other.exec('BEGIN IMMEDIATE')
      await pause(heldMs)
      other.exec('ROLLBACK')
      await more(20)
    }
    other.close()
    const runAgain = platform.output().split('a transaction is run again').length - 1
    const text = `locked ${times} × ${heldMs / 1000} s; ${runAgain} transactions run again, ${traffic.serverFaults} requests had to be repeated`
    return shown(runAgain > 0, text)
  },
})

type OnSmallDisk = EmbeddedStack & { readonly place: Place }

// The log of SQLite alone may take 32 MiB.
const diskSize = '96m'
const run = promisify(execFile)

async function onSmallDisk(): Promise<OnSmallDisk> {
  const place = makePlace()
  await run('mount', ['-t', 'tmpfs', '-o', `size=${diskSize}`, 'tmpfs', place.folder])
  return { ...(await embeddedStack({ folder: join(place.folder, 'data') })), place }
}

const ballastBytes = 64 * 1024

/** Takes what is left of a disk, against whoever else writes. */
function fillUp(folder: string): { free(): void } {
  const ballast = join(folder, 'ballast')
  const file = openSync(ballast, 'w')
  try {
    for (;;) writeSync(file, Buffer.alloc(ballastBytes))
  } catch (error) {
    if (Reflect.get(Object(error), 'code') !== 'ENOSPC') throw error
  } finally {
    closeSync(file)
  }
  return { free: () => rmSync(ballast) }
}

const fullMs = 8_000

/** The disk of database and files is full for a while: an upload and the writes fail loudly, and go through afterwards. */
export const diskFull = underLoad<OnSmallDisk>({
  letter: 'n',
  title: 'disk full during an upload and during writes',
  on: embedded,
  open: onSmallDisk,
  async harm({ place, urls, db }, { traffic, cast, acknowledged }) {
    const person = cast.people[1]!
    const ballast = fillUp(place.folder)
    const before = acknowledged()
    const refused = await uploadDocument(urls[0]!, person.token)
    await pause(fullMs)
    const faults = traffic.serverFaults
    const served = acknowledged() - before
    ballast.free()
    const taken = await uploadDocument(urls[0]!, person.token)
    const documents = await db.read.complianceDocument.count({ where: { userId: person.id } })
    const text = `full for ${fullMs / 1000} s: ${faults} requests failed and were repeated, ${served} got through; the upload was answered ${refused}, afterwards ${taken}, ${documents} document is there`
    return shown(faults > 0 && refused >= 500 && taken === 201 && documents === 1, text)
  },
  async close({ place }) {
    await run('umount', [place.folder])
    await removePlace(place)
  },
})

const documentBytes = 2_000_000

/** Sends a document of some size, and answers the status. */
async function uploadDocument(url: string, token: string): Promise<number> {
  const form = new FormData()
  form.set('document_type', 'other')
  form.set('title', 'A large paper')
  const text = `%PDF-1.7\n1 0 obj<<>>endobj\n%${'x'.repeat(documentBytes)}\nstartxref\n9\n%%EOF\n`
  form.set('file', new Blob([text], { type: 'application/pdf' }), 'paper.pdf')
  const answer = await fetch(`${url}/api/compliance/documents/`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: form,
  })
  return answer.status
}
