import { expect, test } from 'vitest'
import { readArguments } from './arguments.ts'
import { type Row, runCampaign } from './campaign.ts'
import { withTable } from './document.ts'
import type { Fault, Outcome } from './fault.ts'
import { faults } from './faults/index.ts'
import { markdownTable, totals } from './table.ts'

const good: Outcome = {
  acknowledged: 1_234,
  lost: [],
  doubled: [],
  recoveryMs: 1_500,
  evidence: { isExercised: true, text: 'killed | twice' },
  differences: null,
}
const fault = (letter: string, run: Fault['run']): Fault => ({ letter, title: 'a fault', on: 'SQLite', run })

async function rowOf(change: Partial<Outcome>): Promise<Row> {
  const told: Row[] = []
  const options = { seconds: 5, progress: () => {}, onRow: (row: Row) => void told.push(row) }
  await runCampaign([fault('a', async () => ({ ...good, ...change }))], options)
  return told[0]!
}

test('a fault passes when it happened and changed nothing', async () => {
  expect((await rowOf({})).failure).toBeNull()
})

test.each([
  [{ lost: ['payment 7'] }, 'lost: payment 7'],
  [{ doubled: ['pair 3'] }, 'doubled: pair 3'],
  [{ differences: 'wallet.balance' }, 'wallet.balance'],
  [{ evidence: { isExercised: false, text: 'nothing was killed' } }, 'not exercised'],
])('%o is a failure', async (change, failure) => {
  expect((await rowOf(change)).failure).toContain(failure)
})

test('a fault that breaks fails and leaves the others their turn', async () => {
  const broken = fault('a', () => Promise.reject(new Error('no port')))
  const rows = await runCampaign([broken, fault('b', async () => good)], {
    seconds: 5,
    progress: () => {},
    onRow: () => {},
  })
  expect(rows.map(({ failure }) => failure?.includes('no port') ?? null)).toEqual([true, null])
  expect(totals(rows)).toBe('1 passed, 1 failed')
})

test('the table has a line for each fault, with its figures', async () => {
  const lines = markdownTable([await rowOf({})]).split('\n')
  expect(lines).toHaveLength(3)
  expect(lines[2]).toMatch(
    /^\| a +\| a fault \(SQLite\) \| 1,234 +\| 0 +\| 0 +\| 1\.5 s +\| nothing +\| killed \\\| twice +\|$/,
  )
  expect(new Set(lines.map((line) => line.length)).size).toBe(1)
})

test('letters that no fault has and times that are too short are refused', () => {
  expect(readArguments(['--only', 'a,b', '--seconds', '10'], ['a', 'b'])).toMatchObject({
    only: ['a', 'b'],
    seconds: 10,
  })
  expect(readArguments([], ['a'])).toMatchObject({ only: null, seconds: 60, isJson: false })
  expect(() => readArguments(['--only', 'z'], ['a'])).toThrow('There is no fault z')
  expect(() => readArguments(['--seconds', '1'], ['a'])).toThrow('at least 5')
})

test('every fault has a letter of its own', () => {
  const letters = faults.map(({ letter }) => letter)
  expect(new Set(letters).size).toBe(letters.length)
})

test('a run’s table takes the place of the one before it', () => {
  const document = 'Before\n<!-- table -->\nold\n<!-- /table -->\nafter\n'
  expect(withTable(document, 'new')).toBe('Before\n<!-- table -->\nnew\n<!-- /table -->\nafter\n')
  expect(() => withTable('no marks', 'new')).toThrow('lacks the marks')
})
