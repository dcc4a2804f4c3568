import { type Clock, systemClock } from '../clock.ts'
import { type FileStore, requireKeyFor, type StoredFile } from './file-store.ts'

/** Files that last as long as the process, for tests; `keys` answers what is kept. */
export function createMemoryFileStore({ clock = systemClock }: { clock?: Clock } = {}): FileStore & {
  keys(): string[]
} {
  const files = new Map<string, StoredFile & { storedAt: Date }>()
  return {
    async put({ key, content, contentType }) {
      requireKeyFor(key, contentType)
      files.set(key, { content: Buffer.from(content), contentType, storedAt: clock.now() })
    },
    async get(key) {
      const file = files.get(key)
      return file ? { content: file.content, contentType: file.contentType } : null
    },
    async delete(key) {
      files.delete(key)
    },
    async *list() {
      for (const [key, { storedAt }] of [...files]) yield { key, storedAt }
    },
    async close() {},
    keys: () => [...files.keys()].sort(),
  }
}
