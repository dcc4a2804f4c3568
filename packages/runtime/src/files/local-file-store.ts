import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { mkdir, open, opendir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { type FileStore, fileTypeOf, requireKeyFor } from './file-store.ts'

/** Files in a folder of this machine, readable by this program's user only. The type of a file is the ending of its key. */
export function createLocalFileStore({ folder }: { folder: string }): FileStore {
  return {
    async put({ key, content, contentType }) {
      requireKeyFor(key, contentType)
      const path = join(folder, key)
      const unfinished = `${path}.${randomUUID()}.part`
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      try {
        await writeDurably(unfinished, content)
        await rename(unfinished, path)
      } catch (error) {
        await rm(unfinished, { force: true })
        throw error
      }
    },
    async get(key) {
      const contentType = fileTypeOf(key)
      if (contentType === null) return null
      try {
        return { content: await readFile(join(folder, key)), contentType }
      } catch (error) {
        if (isAbsent(error)) return null
        throw error
      }
    },
    async delete(key) {
      if (fileTypeOf(key) !== null) await rm(join(folder, key), { force: true })
    },
    async *list() {
      for await (const path of pathsBelow(folder)) {
        const key = relative(folder, path)
        if (fileTypeOf(key) === null) continue
        // One that went meanwhile is none any more.
        const found = await stat(path).catch(() => null)
        if (found !== null) yield { key, storedAt: found.mtime }
      }
    },
    async close() {},
  }
}

/** Every file below a folder, however deep; none when there is no such folder yet. */
async function* pathsBelow(folder: string): AsyncGenerator<string> {
  try {
    for await (const entry of await opendir(folder)) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) yield* pathsBelow(path)
      else yield path
    }
  } catch (error) {
    if (!isAbsent(error)) throw error
  }
}

/** Resolves when the disk has the content, so that a row never refers to a file that a power cut took. */
async function writeDurably(path: string, content: Uint8Array): Promise<void> {
  const file = await open(path, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}

function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(String(Reflect.get(Object(error), 'code')))
}
