import { apiClient } from './api-client.ts'
import { moneyTable } from './money-table.ts'
import { tellStory } from './story.ts'

// `pnpm demo [URL]`: tells the main job against a running server, step by step, with the money table at the end.
const url = process.argv[2] ?? `http://localhost:${process.env['PORT'] ?? 8000}`
const startedAt = performance.now()
let steps = 0

try {
  await fetch(`${url}/health/live`, { signal: AbortSignal.timeout(5_000) })
} catch {
  console.error(
    `Nothing answers at ${url}. Start the platform first (npm start), or name its address: pnpm demo http://host:port`,
  )
  process.exit(1)
}

try {
  const ending = await tellStory(
    apiClient(url),
    (text) => {
      steps += 1
      console.log(`${String(steps).padStart(3)}. ${text}`)
    },
    Date.now().toString(36),
  )
  console.log(`\nMeera's wallet, line by line:\n\n${moneyTable(ending)}\n`)
  const wrong = ending.checks.filter(({ expected, actual }) => expected !== actual)
  for (const { what, expected, actual } of ending.checks) {
    console.log(expected === actual ? `  ✓ ${what}: ₹${actual}` : `  ✗ ${what}: expected ₹${expected}, is ₹${actual}`)
  }
  console.log(
    `\n${wrong.length === 0 ? 'Every rupee is explained' : 'Something does not add up'} (${((performance.now() - startedAt) / 1000).toFixed(1)} s).`,
  )
  console.log(`${ending.checks.length - wrong.length} passed, ${wrong.length} failed`)
  process.exitCode = wrong.length === 0 ? 0 : 1
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`)
  console.log('0 passed, 1 failed')
  process.exitCode = 1
}
