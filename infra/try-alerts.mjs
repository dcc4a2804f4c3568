/**
 * Makes the fault of each alert of infra/monitoring/alerts.yml on a running platform, and shows that Prometheus tells Alertmanager of it, and that it is over
 * when the fault is: `node infra/try-alerts.mjs [name of an alert …]`. Waiting times and windows are a tenth of those in the file, conditions as they are.
 * Needs prometheus, rabbitmq-server and mysql, MariaDB and Redis on this machine; takes a quarter of an hour. Leaves with 1 when something does not hold.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { faults } from './trial/alert-faults.mjs'
import { openBroker } from './trial/broker.mjs'
import { startPrometheus } from './trial/prometheus.mjs'
import { freePort, openStack, until } from './trial/stack.mjs'

const quicker = 10
/** Everything has to have been seen by then: the longest of the rules waits for two minutes and a half here. */
const patience = { seconds: 300 }
const found = { passed: 0, failed: 0 }

function holds(what, isSo, figures) {
  found[isSo ? 'passed' : 'failed'] += 1
  console.log(`  ${isSo ? '✓' : '✗'} ${what}${figures === undefined ? '' : ` — ${figures}`}`)
}

const asked = process.argv.slice(2)
const broker = await openBroker()
let stack
let prometheus
try {
  stack = await openStack({ AMQP_URL: broker.url, RATE_LIMIT_FACTOR: '1000', DATABASE_POOL_SIZE: '5' })
  stack.command('db-migrate')
  stack.command('create-superuser', ['--email', 'operator@example.com'])
  const [first, second, metricsPort] = [await freePort(), await freePort(), await freePort()]
  const platform = {
    stack,
    broker,
    apis: [await stack.startApi(first), await stack.startApi(second)],
    worker: null,
    startWorker() {
      platform.worker = stack.startWorker({ METRICS_PORT: String(metricsPort), METRICS_HOST: '127.0.0.1' })
    },
  }
  platform.startWorker()
  platform.token = await logIn(platform.apis[0])
  stack.command('ledger-verify', ['--record'])
  prometheus = await startPrometheus({
    folder: stack.folder,
    targets: {
      api: platform.apis.map(({ port }) => `127.0.0.1:${port}`),
      worker: [`127.0.0.1:${metricsPort}`],
      rabbitmq: [broker.metrics],
    },
    quicker,
  })
  const rules = await prometheus.rules()
  const chosen = faults.filter(({ alerts }) => asked.length === 0 || alerts.some((name) => asked.includes(name)))
  if (asked.length === 0) {
    const made = faults.flatMap(({ alerts }) => alerts)
    const missing = rules.filter((name) => !made.includes(name))
    holds('there is a fault for every alert', missing.length === 0, missing.join(', ') || `${rules.length} alerts`)
  }

  const isUp = ({ health }) => health === 'up'
  await until(async () => (await prometheus.targets()).every(isUp))
  await pause(30_000)
  const early = [...prometheus.firing().keys()]
  holds('without a fault nobody is told anything', early.length === 0, early.join(', ') || 'half a minute')

  for (const { title, alerts, make } of chosen) {
    console.log(title)
    const startedAt = performance.now()
    const after = () => `${Math.round((performance.now() - startedAt) / 1_000)} s`
    const fault = await make(platform)
    await Promise.all(
      alerts.map(async (name) => {
        const isTold = await comes(() => prometheus.firing().has(name))
        const said = prometheus.firing().get(name)
        holds(
          `${name} (${said?.severity ?? 'nobody was told'})`,
          isTold,
          `after ${after()}${isTold ? `: ${said.summary}` : ''}`,
        )
      }),
    )
    await fault.end()
    holds('and that it is over', await comes(() => alerts.every((name) => !prometheus.firing().has(name))))
    await until(() => prometheus.firing().size === 0, patience)
  }

  const verified = stack.command('ledger-verify', ['--at-rest'])
  holds('the ledger has no differences', verified.includes('no differences'), verified.trim())
} finally {
  await prometheus?.stop()
  await stack?.close()
  await broker.remove()
}
console.log(`${found.passed} passed, ${found.failed} failed`)
process.exitCode = found.failed === 0 ? 0 : 1

/** Whether it comes to hold while there is patience. */
function comes(what) {
  return until(what, patience).then(
    () => true,
    () => false,
  )
}

async function logIn({ port }) {
  const person = { identifier: 'operator@example.com', otp_type: 'email' }
  const url = `http://127.0.0.1:${port}`
  const post = (path, body) =>
    fetch(`${url}/api/v1/auth/${path}/`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
  await post('send-otp', person)
  const [mail] = await (await fetch(`${url}/dev/mailbox.json?to=operator@example.com`)).json()
  const answer = await post('verify-otp', { ...person, otp_code: /\d{6}/.exec(mail.text)[0] })
  return (await answer.json()).access_token
}
