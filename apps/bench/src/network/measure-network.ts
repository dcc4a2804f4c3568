import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type NetworkShape, networkShapes } from '@ev/application'
import { openBareNetwork } from '@ev/db/testing/bare-network'
import type { Benchmark, Result } from '../benchmark.ts'
import { type Line, linePlot } from '../plot/line-plot.ts'
import { figure, sizeName } from './figure.ts'
import { type GrowingNetwork, growingNetwork } from './grow-network.ts'
import { measureMonthStart } from './measure-month-start.ts'
import { myTreeP99 } from './measure-my-tree.ts'
import { measureRestart } from './measure-restart.ts'
import { type DatabaseKind, databaseKinds, type NetworkDatabase, withNetworkDatabase } from './network-database.ts'

/**
 * Placements that are measured at each size, after as many that are not: a quarter of the members where these are few. In a random tree of a million as many
 * as fill SQLite's log once, so that moving its pages is measured with them.
 */
const mostMeasured = 4_000
const leastASecond = { sqlite: 5_000, mariadb: 3_000 } as const
const docs = fileURLToPath(new URL('../../../../docs/benchmarks', import.meta.url))

/** Which part of the matrix is measured: all of it unless the variables say less. */
const wanted = {
  members: Number(process.env['BENCH_MEMBERS'] ?? 1_000_000),
  databases: listed(process.env['BENCH_DATABASES'], databaseKinds),
  shapes: listed(process.env['BENCH_SHAPES'], networkShapes),
}

/**
 * The writer of the tree at 10^3, 10^4, 10^5 and 10^6 members of five shapes, on both databases: placements a second
 * from messages to commit, beside the bare driver writing the same rows in as many transactions. On the largest balanced network also a restart, a
 * member's own tree over HTTP and the beginning of a month. Without `--quick` the cost against the size is drawn into `docs/benchmarks`.
 */
export const measureNetwork: Benchmark = async function* ({ isQuick, progress }) {
  const most = isQuick ? 10_000 : wanted.members
  for (const kind of wanted.databases) {
    const lines: Line[] = []
    for (const shape of wanted.shapes) {
      const said = (what: string) => progress(`${kind}, ${shape}: ${what}`)
      const series = await measureShape(kind, { shape, members: most, progress: said })
      yield series.results
      lines.push(series.line)
    }
    // A part of the shapes would replace the picture of all of them.
    if (isQuick || wanted.shapes.length < networkShapes.length) continue
    mkdirSync(docs, { recursive: true })
    writeFileSync(`${docs}/network-place-${kind}.svg`, plotOf(kind, lines))
  }
}

type Series = { readonly shape: NetworkShape; readonly members: number; readonly progress: (what: string) => void }

function measureShape(
  kind: DatabaseKind,
  { shape, members, progress }: Series,
): Promise<{ results: Result[]; line: Line }> {
  return withNetworkDatabase(kind, async (database) => {
    const network = growingNetwork(database, { shape, members, seed: 1 })
    const results: Result[] = []
    const points: { x: number; y: number }[] = []
    let firstTree: number | null = null
    for (let size = 1_000; size <= members; size *= 10) {
      const count = Math.min(mostMeasured, size / 4)
      await network.growTo(size - 2 * count, (done) => progress(`${network.size()} members, ${done} imported`))
      progress(`placing at ${size} members`)
      const own = await measurePlacing(database, network, { shape, size, count, first: points[0]?.y ?? null })
      results.push(...own.results)
      points.push({ x: size, y: own.msEach })
      if (shape !== 'balanced') continue
      const p99 = await myTreeP99(database, { requests: 500 })
      results.push(
        figure(named(kind, `http.my_tree.${sizeName(size)}`), p99, 'ms', { limit: firstTree, aim: { ratioAtMost: 2 } }),
      )
      firstTree ??= p99
    }
    if (shape === 'balanced') {
      progress('a restart')
      results.push(...(await measureRestart(database, named(kind, sizeName(members)))))
      progress('the beginning of a month')
      results.push(...(await measureMonthStart(database, network, named(kind, sizeName(members)))))
    }
    return { results, line: { name: shape, points } }
  })
}

async function measurePlacing(
  database: NetworkDatabase,
  network: GrowingNetwork,
  { shape, size, count, first }: { shape: NetworkShape; size: number; count: number; first: number | null },
): Promise<{ results: Result[]; msEach: number }> {
  await network.place(count)
  const bare = await openBareNetwork(database.url)
  try {
    const mark = await bare.mark()
    const { seconds, cpuMs, batches } = await network.place(count)
    const bareSeconds = await bare.rewrite(mark, { transactions: batches })
    const msEach = (1_000 * seconds) / count
    const name = named(database.kind, `network.place.${shape}.${sizeName(size)}`)
    const results = [
      figure(name, count / seconds, '/s', {
        limit: count / bareSeconds,
        cpuMsPerOp: cpuMs / count,
        aim: { valueAtLeast: shape === 'chain' ? 2_000 : leastASecond[database.kind] },
      }),
    ]
    // The cost of the last ones is held against that of the first ones after the warm-up.
    if (first !== null) results.push(figure(`${name}.growth`, msEach / first, '', { aim: { valueAtMost: 1.5 } }))
    return { results, msEach }
  } finally {
    await bare.close()
  }
}

/** Figures are SQLite's unless their name says otherwise. */
const named = (kind: DatabaseKind, name: string) => (kind === 'sqlite' ? name : `${name} (${kind})`)

function plotOf(kind: DatabaseKind, lines: readonly Line[]): string {
  return linePlot({
    title: `What one placement costs, ${kind === 'sqlite' ? 'SQLite' : 'MariaDB'}`,
    xTitle: 'members in the tree',
    yTitle: 'milliseconds, from message to commit',
    lines,
  })
}

function listed<T extends string>(text: string | undefined, all: readonly T[]): readonly T[] {
  if (text === undefined) return all
  const names = text.split(',')
  const unknown = names.find((name) => !(all as readonly string[]).includes(name))
  if (unknown !== undefined) throw new Error(`There is no "${unknown}"; there are: ${all.join(', ')}.`)
  return all.filter((name) => names.includes(name))
}
