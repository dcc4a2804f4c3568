import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { dropMysql, newMysqlUrl } from '@ev/db/testing'
import { removeQueues } from '@ev/messaging/testing'
import { isListening } from '@ev/testing'

export const sharedBroker = 'amqp://guest:guest@127.0.0.1:5672'

/**
 * Where a platform of a test keeps what is its own. Folder, database and queues bear one name, in which the process stands that made them; the
 * folder is there from the beginning, so that it tells of the others when that process has died.
 */
export type Place = {
  readonly folder: string
  /** A database on the shared server, that is made by whoever uses it. */
  readonly databaseUrl: string
  /** Before the names of exchange and queues, and of keys in the cache. */
  readonly prefix: string
}

const run = promisify(execFile)

const folderName = /^ev-place-(\d+)-[0-9a-f]{8}$/

export function makePlace(): Place {
  const place = placeOf(`ev-place-${process.pid}-${randomBytes(4).toString('hex')}`)
  mkdirSync(place.folder)
  return place
}

function placeOf(name: string): Place {
  return {
    folder: join(tmpdir(), name),
    databaseUrl: newMysqlUrl(name.replace('ev-', '').replaceAll('-', '_')),
    prefix: `${name}.`,
  }
}

/** The prefix of a second set of queues beside a platform's own. */
export const secondPrefix = (prefix: string) => `${prefix}second.`

/** Removes the folder, and the database and queues where there are any; the processes that used them have ended. */
export async function removePlace({ folder, databaseUrl, prefix }: Place): Promise<void> {
  if (await isListening(3306)) await dropMysql(databaseUrl)
  if (await isListening(5672))
    for (const each of [prefix, secondPrefix(prefix)]) await removeQueues({ url: sharedBroker, prefix: each })
  rmSync(folder, { recursive: true, force: true })
}

/** Ends and removes what processes have left behind that made a place and died. Answers how many places. */
export async function removeLeftovers(): Promise<number> {
  let removed = 0
  for (const name of readdirSync(tmpdir())) {
    const owner = folderName.exec(name)?.[1]
    if (owner === undefined || isRunning(Number(owner))) continue
    const place = placeOf(name)
    for (const pid of processesIn(place.folder)) process.kill(pid, 'SIGKILL')
    if (isMounted(place.folder)) await run('umount', [place.folder])
    await removePlace(place)
    removed += 1
  }
  return removed
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return Reflect.get(Object(error), 'code') === 'EPERM'
  }
}

/** The processes that were told of the folder, by an argument or a variable; none where the machine does not tell (`/proc`). */
function processesIn(folder: string): number[] {
  if (!existsSync('/proc/self/environ')) return []
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid !== process.pid && isToldOf(pid, folder))
}

function isToldOf(pid: number, folder: string): boolean {
  try {
    return ['cmdline', 'environ'].some((file) => readFileSync(`/proc/${pid}/${file}`, 'latin1').includes(folder))
  } catch {
    return false
  }
}

function isMounted(folder: string): boolean {
  return existsSync('/proc/mounts') && readFileSync('/proc/mounts', 'utf8').includes(` ${folder} `)
}
