/**
 * `npm test`: installs what is missing and runs every check. Suites that need MariaDB, Redis or RabbitMQ run when these
 * answer; with REQUIRE_SERVICES=1 a missing one is a failure. The last line adds every suite up: `N passed, N failed`.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { runChecks } from './checks.mjs'
import { generateClients, installDependencies, pnpm, refuseOldNode, root, step } from './toolchain.mjs'

const services = [
  { name: 'MariaDB or MySQL', port: 3306, host: '127.0.0.1' },
  { name: 'Redis', port: 6379, host: '127.0.0.1' },
  { name: 'RabbitMQ', port: 5672, host: '127.0.0.1' },
]

const isReachable = ({ host, port }) =>
  new Promise((done) => {
    const socket = connect({ host, port, timeout: 1000 })
    const answer = (is) => {
      socket.destroy()
      done(is)
    }
    socket.on('connect', () => answer(true))
    socket.on('error', () => answer(false))
    socket.on('timeout', () => answer(false))
  })

const workspaces = ['apps', 'packages'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .map((name) => join(root, folder, name))
    .filter((path) => existsSync(join(path, 'package.json'))),
)
const resultsOf = (workspace) => join(workspace, '.test-results', 'results.json')

/** Each suite's totals as its runner wrote them; a suite that left no results counts as one failure. */
function addUp() {
  const totals = { passed: 0, failed: 0 }
  for (const workspace of workspaces) {
    const { scripts } = JSON.parse(readFileSync(join(workspace, 'package.json'), 'utf8'))
    if (!scripts?.test) continue
    if (!existsSync(resultsOf(workspace))) {
      console.log(`  ${workspace}: no results`)
      totals.failed += 1
      continue
    }
    const results = JSON.parse(readFileSync(resultsOf(workspace), 'utf8'))
    const brokenFiles = results.testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    )
    totals.passed += results.numPassedTests
    totals.failed += results.numFailedTests + brokenFiles.length
  }
  return totals
}

refuseOldNode()
await step('Dependencies', installDependencies)
await step('Database clients', generateClients)

const browsers = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const hasBrowser = browsers.some((path) => path && existsSync(path))
console.log(
  `  ${hasBrowser ? '● Chromium is here: the stories of the console run' : '○ Chromium is not here (CHROMIUM names it elsewhere): the stories of the console are skipped'}`,
)

const missing = []
for (const service of services) {
  const reachable = await isReachable(service)
  console.log(
    `  ${reachable ? '●' : '○'} ${service.name} on ${service.host}:${service.port} ${reachable ? 'answers: its suites run' : 'does not answer: its suites are skipped'}`,
  )
  if (!reachable) missing.push(service.name)
}
if (missing.length > 0 && process.env.REQUIRE_SERVICES === '1') {
  console.error(`REQUIRE_SERVICES=1, but ${missing.join(', ')} cannot be reached.`)
  console.log('0 passed, 1 failed')
  process.exit(1)
}

for (const workspace of workspaces) rmSync(resultsOf(workspace), { force: true })

const checks = await runChecks()

// One suite at a time: each already uses every core, and real services are shared between them.
const testCode = await pnpm(['exec', 'turbo', 'run', 'test', '--concurrency=1', '--continue', '--log-order=stream'])
const suites = addUp()
const failed = suites.failed + checks.failed
console.log(missing.length === 0 ? 'Ran with MariaDB, Redis and RabbitMQ.' : `Ran without ${missing.join(', ')}.`)
console.log(`${suites.passed + checks.passed} passed, ${failed} failed`)
process.exit(failed > 0 || testCode !== 0 ? 1 : 0)
