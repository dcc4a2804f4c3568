import { ledgerChecks } from '@ev/application'
import { eachDatabase } from '@ev/db/testing'
import { beforeAll, expect, test } from 'vitest'
import { spoiled } from '../testing/spoiled.ts'
import { aBusyPlatform } from './a-busy-platform.ts'
import { ledgerDamages } from './damages/ledger-damages.ts'

const checks = Object.keys(ledgerChecks)

eachDatabase((_name, makeDatabase) => {
  let stage: Awaited<ReturnType<typeof aBusyPlatform>>
  beforeAll(async () => {
    stage = await aBusyPlatform((await makeDatabase()).database)
  })

  test('every check has a damage that it finds', () => {
    expect(Object.keys(ledgerDamages(stage)).sort()).toEqual([...checks].sort())
  })

  test.each(checks)('%s is reported with the row that differs', async (check) => {
    const spoil = ledgerDamages(stage)[check]!
    const { subject, differences } = await spoiled(stage.platform.deps, { verifier: 'ledger', check, spoil })
    expect(differences).toContainEqual(expect.objectContaining({ check, subject }))
  })

  const kinds = ['payment', 'booking', 'refund', 'pair', 'payout', 'deposit', 'adjustment']

  test.each(kinds)('an entry about a %s that does not exist is reported', async (kind) => {
    const orphan = { key: 'stray', referenceType: kind, referenceId: 2_000_000_000, createdAt: new Date(0) }
    const check = `${kind}.entries`
    const { subject, differences } = await spoiled(stage.platform.deps, {
      verifier: 'ledger',
      check,
      spoil: async (tx) => {
        await tx.journalEntry.create({ data: orphan })
        return `${kind} 2000000000, which does not exist`
      },
    })
    expect(differences).toEqual([{ check, subject, expected: 'none', actual: 'stray' }])
  })

  test('nothing is reported of data that nobody damaged', async () => {
    await stage.platform.expectClean()
  })
})
