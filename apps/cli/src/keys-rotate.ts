import { databaseUrl, rotateKeys } from '@ev/application'
import { openDatabase } from '@ev/db'
import { createEncryption, resolveSecrets } from '@ev/runtime'
import { command } from './command.ts'
import { watchedProgress } from './report-differences.ts'

// `pnpm keys:rotate`: encrypts every stored identity and account number that is under an older key of ENCRYPTION_KEYS again under the first. First give
// all processes the new list, new key first; take the old key off it when this has found nothing left.
await command(async ({ config, logger }) => {
  const startedAt = performance.now()
  const { encryptionKeys } = resolveSecrets(config)
  const db = await openDatabase({ url: databaseUrl(config), log: logger })
  try {
    const encryption = createEncryption(encryptionKeys)
    const { rewritten, current, changedMeanwhile, unreadable } = await rotateKeys(
      { db, encryption },
      { progress: watchedProgress },
    )
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
    for (const value of unreadable) console.error(`✗ ${value} cannot be decrypted: is its key configured?`)
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    console.log(
      `${rewritten} encrypted again under key ${encryptionKeys[0]?.id}, ${current} were already (${seconds} s).`,
    )
    if (changedMeanwhile > 0) console.log(`${changedMeanwhile} changed meanwhile. Run this once more.`)
    return unreadable.length > 0 || changedMeanwhile > 0 ? 1 : 0
  } finally {
    await db.close()
  }
})
