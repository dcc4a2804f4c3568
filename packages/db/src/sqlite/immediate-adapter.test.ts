import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { immediateAdapter } from './immediate-adapter.ts'

test('tells when its connection can no longer begin transactions', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ev-test-'))
  const factory = immediateAdapter({ file: join(folder, 'a.db'), readonly: false, busyTimeoutMs: 0, pragmas: '' })
  const adapter = await factory.connect()
  await adapter.executeScript('BEGIN')
  expect(factory.isBroken()).toBe(false)
  await expect(adapter.startTransaction()).rejects.toThrow()
  expect(factory.isBroken()).toBe(true)
  await adapter.dispose()
  rmSync(folder, { recursive: true })
})
