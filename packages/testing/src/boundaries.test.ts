import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'ev-boundaries-'))
afterAll(() => rmSync(folder, { recursive: true }))

type Report = { modules: unknown[]; summary: { violations: { rule: { name: string }; from: string }[] } }

/** Runs the repository's own boundary rules over the apps and packages below a folder. */
function cruise(cwd: string): Promise<Report> {
  const args = ['apps', 'packages', '--config', join(root, '.dependency-cruiser.mjs'), '--output-type', 'json']
  return new Promise((resolve, reject) => {
    execFile(join(root, 'node_modules/.bin/depcruise'), args, { cwd, maxBuffer: 64 * 2 ** 20 }, (error, stdout) => {
      // It leaves with the number of violations; what it printed is the answer all the same.
      if (stdout === '') reject(error)
      else resolve(JSON.parse(stdout) as Report)
    })
  })
}

function write(path: string, text: string): void {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

test('every arrow that may not be drawn is noticed', async () => {
  write('tsconfig.base.json', '{}')
  write('apps/api/src/main.ts', 'export const api = 1\n')
  write('packages/db/src/client.ts', 'export const client = 1\n')
  write('packages/messaging/src/transport.ts', 'export const transport = 1\n')
  write('packages/application/src/use-case.ts', 'export const useCase = 1\n')
  write('packages/domain/src/clock.ts', "import { hrtime } from 'node:process'\nexport const now = hrtime\n")
  write(
    'packages/domain/src/store.ts',
    "import { client } from '../../db/src/client.ts'\nexport const store = client\n",
  )
  write(
    'packages/db/src/wire.ts',
    "import { transport } from '../../messaging/src/transport.ts'\nexport const wire = transport\n",
  )
  write(
    'packages/runtime/src/up.ts',
    "import { useCase } from '../../application/src/use-case.ts'\nexport const up = useCase\n",
  )
  write('apps/worker/src/peek.ts', "import { api } from '../../api/src/main.ts'\nexport const peek = api\n")
  write('packages/db/src/round.ts', "import { robin } from './robin.ts'\nexport const round = () => robin\n")
  write('packages/db/src/robin.ts', "import { round } from './round.ts'\nexport const robin = () => round\n")
  const { summary } = await cruise(folder)
  const found = summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`)
  expect(found).toEqual(
    expect.arrayContaining([
      'domain-is-pure: packages/domain/src/clock.ts',
      'domain-keeps-its-place: packages/domain/src/store.ts',
      'db-keeps-its-place: packages/db/src/wire.ts',
      'runtime-keeps-its-place: packages/runtime/src/up.ts',
      'apps-do-not-know-each-other: apps/worker/src/peek.ts',
    ]),
  )
  expect(found.some((line) => line.startsWith('no-cycles'))).toBe(true)
}, 60_000)

test('the repository keeps its boundaries, and the check really reads it', async () => {
  const { modules, summary } = await cruise(root)
  expect(summary.violations).toEqual([])
  expect(modules.length).toBeGreaterThan(200)
}, 60_000)

const impure = /\bDate\.now\b|new Date\(\)|Math\.random|\basync\b|\bawait\b|\bprocess\.|\bsetTimeout\b|\bfetch\(/

function domainSources(path = join(root, 'packages/domain/src')): string[] {
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const full = join(path, entry.name)
    if (entry.isDirectory()) return entry.name === 'testing' ? [] : domainSources(full)
    return full.endsWith('.ts') && !full.endsWith('.test.ts') ? [full] : []
  })
}

/** Lines of code, not of comments, that reach for time, chance or the world. */
const impureLines = (text: string) =>
  text.split('\n').filter((line) => !/^\s*(\*|\/\/|\/\*)/.test(line) && impure.test(line))

test('the domain reads no clock, draws no chance and waits for nothing', () => {
  const sources = domainSources()
  expect(sources.length).toBeGreaterThan(20)
  expect(sources.flatMap((file) => impureLines(readFileSync(file, 'utf8')).map((line) => `${file}: ${line}`))).toEqual(
    [],
  )
})

test.each(['const now = Date.now()', 'const now = new Date()', 'export async function pay() {', 'Math.random()'])(
  'the purity check notices %s',
  (line) => {
    expect(impureLines(line)).toEqual([line])
  },
)
