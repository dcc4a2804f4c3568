import { type FileStore, requireKeyFor, type StoredFile } from './file-store.ts'

/** Files that last as long as the process, for tests; `keys` answers what is kept. */
export function createMemoryFileStore(): FileStore & { keys(): string[] } {
  const files = new Map<string, StoredFile>()
  return {
    async put({ key, content, contentType }) {
      requireKeyFor(key, contentType)
      files.set(key, { content: Buffer.from(content), contentType })
    },
    get: async (key) => files.get(key) ?? null,
    async delete(key) {
      files.delete(key)
    },
    async close() {},
    keys: () => [...files.keys()].sort(),
  }
}
