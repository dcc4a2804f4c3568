/** Prometheus with the rules of infra/monitoring, and somebody in Alertmanager's place who writes down what it is told. */
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort, until } from './stack.mjs'

const monitoring = resolve(fileURLToPath(import.meta.url), '../../monitoring')
const secondsOf = { s: 1, m: 60 }

/** The rules with every waiting time and window a `quicker`th; conditions stay as they are. */
export function quickened(rules, quicker) {
  return rules.replace(
    /(\bfor: |\[)(\d+)([ms])(\]|$)/gm,
    (_, before, count, unit, after) => `${before}${Math.ceil((Number(count) * secondsOf[unit]) / quicker)}s${after}`,
  )
}

/** `targets`: the addresses of each job of `prometheus.yml`. */
export async function startPrometheus({ folder, targets, quicker }) {
  const receiver = await openReceiver()
  const home = join(folder, 'prometheus')
  mkdirSync(home)
  writeFileSync(join(home, 'alerts.yml'), quickened(readFileSync(join(monitoring, 'alerts.yml'), 'utf8'), quicker))
  writeFileSync(join(home, 'prometheus.yml'), configOf(targets, receiver.address))
  const port = await freePort()
  const child = spawn(
    'prometheus',
    [
      `--config.file=${join(home, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(home, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--rules.alert.resend-delay=2s',
      '--log.level=error',
    ],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  )
  const exited = new Promise((done) => child.on('exit', done))
  const url = `http://127.0.0.1:${port}`
  await until(async () => (await fetch(`${url}/-/ready`).catch(() => null))?.ok)
  const ask = async (path) => (await (await fetch(`${url}/api/v1/${path}`)).json()).data
  return {
    /** Names of the rules there are. */
    rules: async () => (await ask('rules')).groups.flatMap(({ rules }) => rules.map(({ name }) => name)),
    targets: async () => (await ask('targets')).activeTargets,
    /** What would have reached a person and is not over: labels and summary by name of alert. */
    firing: () => receiver.firing(),
    async stop() {
      child.kill('SIGTERM')
      await exited
      receiver.close()
    },
  }
}

/** `prometheus.yml` with the addresses of the trial, asking every two seconds. */
function configOf(targets, alertmanager) {
  let text = readFileSync(join(monitoring, 'prometheus.yml'), 'utf8')
    .replaceAll(/(scrape|evaluation)_interval: 15s/g, '$1_interval: 2s')
    .replace('alertmanager:9093', alertmanager)
  for (const [job, addresses] of Object.entries(targets)) {
    const list = addresses.map((address) => `"${address}"`).join(', ')
    text = text.replace(new RegExp(`(job_name: ${job}\\n.*targets: \\[)[^\\]]*`), `$1${list}`)
  }
  return text
}

/** Takes what Alertmanager would be posted, and remembers what has not ended. */
async function openReceiver() {
  const alerts = new Map()
  const server = createServer(async (request, response) => {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    for (const alert of JSON.parse(Buffer.concat(chunks))) alerts.set(JSON.stringify(alert.labels), alert)
    response.end('{}')
  })
  const port = await freePort()
  await new Promise((done) => server.listen(port, '127.0.0.1', done))
  return {
    address: `127.0.0.1:${port}`,
    firing() {
      const firing = new Map()
      for (const { labels, annotations, endsAt } of alerts.values()) {
        if (new Date(endsAt) > new Date()) firing.set(labels.alertname, { ...labels, ...annotations })
      }
      return firing
    },
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
