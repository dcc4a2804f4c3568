import type { BenchmarkOptions, Result } from '../benchmark.ts'
import { type Reader, withFilledApi } from './filled-api.ts'

/** A page in the middle should cost what the first one costs; what a noisy machine adds is allowed for. */
const mostRatio = 1.5

const mostStatementRatio = 1.3

const pageSize = 20

/** Shorter lists are not worth turning pages in. */
const shortest = 400

/**
 * Every list of the API that is long: what its first page and one in the middle take over HTTP, by number and by cursor, in one run. The
 * value is the median time of the page in the middle, its ratio that to the first page.
 */
export async function measureLists(options: BenchmarkOptions): Promise<Result[]> {
  return withFilledApi(options, async (readers) => {
    const results: Result[] = []
    for (const reader of readers) {
      for (const list of await listsFor(reader)) {
        options.progress(`${list.path} as ${reader.role}`)
        results.push(...(await measureList(reader, list, options)))
      }
    }
    return results
  })
}

type List = { readonly path: string; readonly takesCursor: boolean }

type Operation = { readonly parameters?: readonly { readonly name: string; readonly required?: boolean }[] }

/** The lists that the API describes, as far as this reader may see them and they need nothing more to be asked. */
async function listsFor(reader: Reader): Promise<List[]> {
  const { paths } = (await reader.get('/openapi.json')) as { paths: Record<string, { get?: Operation }> }
  const lists: List[] = []
  for (const [path, { get }] of Object.entries(paths)) {
    const parameters = get?.parameters ?? []
    const has = (name: string) => parameters.some((one) => one.name === name)
    if (!has('page') || path.includes('{') || parameters.some(({ required }) => required === true)) continue
    if ((await reader.statusOf(path)) === 200) lists.push({ path, takesCursor: has('cursor') })
  }
  return lists
}

async function measureList(
  reader: Reader,
  { path, takesCursor }: List,
  { isQuick }: BenchmarkOptions,
): Promise<Result[]> {
  const { count } = (await reader.get(path)) as { count?: number }
  if (count === undefined || count < shortest) return []
  const middle = `${path}?page=${Math.floor(count / pageSize / 2)}`
  const repetitions = isQuick ? 3 : 25
  const isWholeStatement = path.endsWith('/wallet/transactions/') && reader.role === 'admin'
  const name = `${path} ${reader.role}, ${count} rows`
  const byNumber = await compare(reader, { first: path, middle, repetitions })
  const results = [{ name: `${name}, by number`, ...byNumber }]
  if (takesCursor) {
    // A cursor says after which row the page begins.
    const { results: rows } = (await reader.get(middle)) as { results: { id: number }[] }
    const cursor = Buffer.from(JSON.stringify([rows[0]?.id])).toString('base64url')
    const first = `${path}?cursor=`
    const byCursor = await compare(reader, { first, middle: `${first}${cursor}`, repetitions })
    // A long statement is read by its cursor: that is the figure that has a name and an aim of its own.
    const named = isWholeStatement ? { name: 'http.statement_middle', aim: { ratioAtMost: mostStatementRatio } } : {}
    results.push({ name: `${name}, by cursor`, ...byCursor, ...named })
  }
  return results
}

/** Takes turns, so that what else the machine does meets both alike. */
async function compare(
  reader: Reader,
  { first, middle, repetitions }: { first: string; middle: string; repetitions: number },
): Promise<Omit<Result, 'name'>> {
  const times = { first: [] as number[], middle: [] as number[] }
  await reader.get(first)
  await reader.get(middle)
  for (let turn = 0; turn < repetitions; turn += 1) {
    times.first.push(await timeOf(() => reader.get(first)))
    times.middle.push(await timeOf(() => reader.get(middle)))
  }
  const value = median(times.middle)
  const limit = median(times.first)
  return { value, unit: 'ms', limit, ratio: value / limit, cpuMsPerOp: null, aim: { ratioAtMost: mostRatio } }
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
