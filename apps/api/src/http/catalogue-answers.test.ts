import { expect, test } from 'vitest'
import { createCatalogueAnswers, mostAnswers } from './catalogue-answers.ts'

/** Answers at a version that the test sets. */
function atVersion(first: number) {
  let version = first
  const answers = createCatalogueAnswers(async () => version)
  return {
    at: answers.at,
    grow: () => {
      version += 1
    },
    kept: async (address: string) => (await answers.at(address)).kept?.body.toString() ?? null,
  }
}

test('an answer is kept until the catalogue changes', async () => {
  const catalogue = atVersion(7)
  const place = await catalogue.at('/a')
  expect(place.kept).toBeNull()
  place.keep(Buffer.from('one'))
  expect(await catalogue.kept('/a')).toBe('one')
  expect(await catalogue.kept('/b')).toBeNull()
  catalogue.grow()
  expect(await catalogue.kept('/a')).toBeNull()
})

test('what was read before a change is not kept after it', async () => {
  const catalogue = atVersion(1)
  const early = await catalogue.at('/a')
  catalogue.grow()
  await catalogue.at('/a')
  expect(early.keep(Buffer.from('old')).body.toString()).toBe('old')
  expect(await catalogue.kept('/a')).toBeNull()
})

test('equal bodies have equal tags, others have not', async () => {
  const { keep } = await atVersion(1).at('/a')
  expect(keep(Buffer.from('one')).etag).toBe(keep(Buffer.from('one')).etag)
  expect(keep(Buffer.from('one')).etag).not.toBe(keep(Buffer.from('two')).etag)
})

test('callers share a reading of the version, but none that began before they asked', async () => {
  const readings: ((version: number) => void)[] = []
  const answers = createCatalogueAnswers(() => new Promise((resolve) => readings.push(resolve)))
  const first = answers.at('/a')
  const others = [answers.at('/a'), answers.at('/b'), answers.at('/c')]
  expect(readings).toHaveLength(1)
  readings[0]?.(1)
  ;(await first).keep(Buffer.from('old'))
  await expect.poll(() => readings.length).toBe(2)
  readings[1]?.(2)
  for (const place of await Promise.all(others)) expect(place.kept).toBeNull()
  expect(readings).toHaveLength(2)
})

test('a version that cannot be read is the fault of those who waited for it, and of nobody after them', async () => {
  let isAway = true
  const answers = createCatalogueAnswers(async () => {
    if (isAway) throw new Error('away')
    return 1
  })
  await expect(answers.at('/a')).rejects.toThrow('away')
  isAway = false
  expect((await answers.at('/a')).kept).toBeNull()
})

test('addresses that somebody makes up push out the oldest, and take no more room than there is', async () => {
  const catalogue = atVersion(1)
  for (let n = 0; n <= mostAnswers; n += 1) (await catalogue.at(`/${n}`)).keep(Buffer.from('x'))
  expect(await catalogue.kept('/0')).toBeNull()
  expect(await catalogue.kept('/1')).toBe('x')

  const large = Buffer.alloc(9 * 1024 * 1024)
  for (const address of ['/large', '/larger']) (await catalogue.at(address)).keep(large)
  expect((await catalogue.at('/large')).kept).toBeNull()
  expect((await catalogue.at('/larger')).kept?.body.length).toBe(large.length)
})
