import { readFileSync } from 'node:fs'
import { ledgerChecks, treeChecks } from '@ev/application'
import { expect, test } from 'vitest'

const page = readFileSync(new URL('../../../../docs/verification.md', import.meta.url), 'utf8')
const [ledger, tree] = page.slice(page.indexOf('## Ledger')).split('## Tree')

/** The checks of a table with what it says of each. */
const checksOf = (table: string) =>
  [...table.matchAll(/^\| `([a-z_.]+)` \| (.+?) \| .+ \|$/gm)].map(([, name, says]) => [name, says])

test('the documentation lists every check of the ledger, in the words of the code', () => {
  expect(checksOf(ledger!)).toEqual(Object.entries(ledgerChecks))
})

test('the documentation lists every check of the tree, in the words of the code', () => {
  expect(checksOf(tree!)).toEqual(Object.entries(treeChecks))
})
