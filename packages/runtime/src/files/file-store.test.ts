import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import S3rver from 's3rver'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemIds } from '../ids.ts'
import { type FileStore, newFileKey } from './file-store.ts'
import { createLocalFileStore } from './local-file-store.ts'
import { createMemoryFileStore } from './memory-file-store.ts'
import { createS3FileStore, type S3Options } from './s3-file-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'ev-files-'))
const bucket = 'ev-files'
// The key that this server knows. It looks up the key's id and leaves the signature unchecked.
const keys = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' }
const server = new S3rver({
  address: '127.0.0.1',
  port: 0,
  silent: true,
  directory: join(folder, 's3'),
  configureBuckets: [{ name: bucket, configs: [] }],
})
const stores: { name: string; store: FileStore }[] = []
let s3: S3Options

beforeAll(async () => {
  const { port } = await server.run()
  s3 = { bucket, region: 'us-east-1', endpoint: `http://127.0.0.1:${port}`, isPathStyle: true, ...keys }
  stores.push({ name: 's3', store: await createS3FileStore(s3) })
  stores.push({ name: 'local', store: createLocalFileStore({ folder: join(folder, 'media') }) })
  stores.push({ name: 'memory', store: createMemoryFileStore() })
})
afterAll(async () => {
  for (const { store } of stores) await store.close()
  await server.close()
  rmSync(folder, { recursive: true })
})

const named = (name: string): FileStore => stores.find((each) => each.name === name)!.store
const newKey = () => newFileKey({ folder: 'kyc/papers', contentType: 'application/pdf', ids: systemIds })

const notKeys = [
  '../secrets.json',
  'kyc/../../secrets.pdf',
  '/etc/passwd',
  'kyc/./x.pdf',
  'kyc//x.pdf',
  'kyc/x\0.pdf',
  'kyc/x.pdf\0.jpg',
  'kyc\\x.pdf',
  'kyc/x',
  'kyc/x.svg',
  'kyc/.x.pdf',
  'x.pdf',
  'kyc/пан.pdf',
  `kyc/${'x'.repeat(200)}.pdf`,
  '',
]

describe.each(['s3', 'local', 'memory'])('a file in the %s store', (name) => {
  test('comes back byte for byte with its type, may be replaced, and is gone once deleted', async () => {
    const store = named(name)
    const key = newKey()
    const content = randomBytes(300_000)
    expect(await store.get(key)).toBeNull()
    await store.put({ key, content, contentType: 'application/pdf' })
    expect(await store.get(key)).toEqual({ content, contentType: 'application/pdf' })
    await store.put({ key, content: Buffer.from('%PDF-1.7'), contentType: 'application/pdf' })
    expect((await store.get(key))?.content.toString()).toBe('%PDF-1.7')
    await store.delete(key)
    await store.delete(key)
    expect(await store.get(key)).toBeNull()
  })

  test('is listed with the moment at which it was stored, until it is deleted', async () => {
    const store = named(name)
    const keys = Array.from({ length: 3 }, newKey)
    // A server tells whole seconds.
    const before = Date.now() - 1_000
    for (const key of keys) await store.put({ key, content: Buffer.from('%PDF-1.7'), contentType: 'application/pdf' })
    await store.delete(keys[2]!)
    const listed = new Map<string, Date>()
    for await (const { key, storedAt } of store.list()) listed.set(key, storedAt)
    expect(keys.map((key) => listed.has(key))).toEqual([true, true, false])
    const storedAt = listed.get(keys[0]!)!.getTime()
    expect(storedAt).toBeGreaterThanOrEqual(before)
    expect(storedAt).toBeLessThanOrEqual(Date.now())
    for (const key of keys) await store.delete(key)
  })

  test.each(notKeys)('is not under the name %j', async (key) => {
    const store = named(name)
    await expect(store.put({ key, content: Buffer.from('x'), contentType: 'application/pdf' })).rejects.toThrow(/key/)
    expect(await store.get(key)).toBeNull()
    await store.delete(key)
  })

  test('is not kept as another kind than its key says', async () => {
    const file = { key: newKey(), content: Buffer.from('x'), contentType: 'image/png' } as const
    await expect(named(name).put(file)).rejects.toThrow(/key/)
  })
})

test('a local file is for this user only, and one that could not be finished leaves nothing', async () => {
  const media = join(folder, 'private')
  const store = createLocalFileStore({ folder: media })
  const key = newKey()
  await store.put({ key, content: Buffer.from('x'), contentType: 'application/pdf' })
  expect(statSync(join(media, key)).mode & 0o777).toBe(0o600)
  // The name of the folder is taken by a file: writing must fail.
  writeFileSync(join(media, 'blocked'), '')
  await expect(
    store.put({ key: 'blocked/x.pdf', content: Buffer.from('x'), contentType: 'application/pdf' }),
  ).rejects.toThrow()
  expect(
    readdirSync(media, { recursive: true })
      .map(String)
      .filter((each) => each.endsWith('.part')),
  ).toEqual([])
})

test('a local store without a file yet lists none', async () => {
  const listed: unknown[] = []
  for await (const file of createLocalFileStore({ folder: join(folder, 'never') }).list()) listed.push(file)
  expect(listed).toEqual([])
})

test('a key that the server does not know is a fault', async () => {
  const store = await createS3FileStore({ ...s3, accessKeyId: 'wrong' })
  const file = { key: newKey(), content: Buffer.from('%PDF-1.7'), contentType: 'application/pdf' } as const
  await expect(store.put(file)).rejects.toThrow(/access key/i)
  await store.close()
})
