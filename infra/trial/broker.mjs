/** A RabbitMQ of a trial's own, with the plugin that tells Prometheus; it may be killed and started again on what it holds. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, until } from './stack.mjs'

// Debian's own command changes the user, who may not enter the folder of a trial.
const programs = ['/usr/lib/rabbitmq/bin/rabbitmq-server', '/usr/sbin/rabbitmq-server']

export async function openBroker() {
  const folder = mkdtempSync(join(tmpdir(), 'ev-broker-'))
  const [port, metricsPort, distribution] = [await freePort(), await freePort(), await freePort()]
  mkdirSync(join(folder, 'home'))
  writeFileSync(join(folder, 'plugins'), '[rabbitmq_prometheus].')
  writeFileSync(
    join(folder, 'rabbitmq.conf'),
    [
      `listeners.tcp.default = 127.0.0.1:${port}`,
      'prometheus.tcp.ip = 127.0.0.1',
      `prometheus.tcp.port = ${metricsPort}`,
    ].join('\n'),
  )
  const env = {
    ...process.env,
    HOME: join(folder, 'home'),
    RABBITMQ_NODENAME: `trial${distribution}@localhost`,
    RABBITMQ_DIST_PORT: String(distribution),
    RABBITMQ_MNESIA_BASE: join(folder, 'data'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'plugins'),
    RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
  }
  let child
  let exited

  async function start() {
    // Of a group of its own: the program is a shell that starts Erlang.
    child = spawn(programs.find(existsSync), { env, stdio: 'ignore', detached: true })
    exited = new Promise((done) => child.on('exit', done))
    await until(() => listens(port), { seconds: 60 })
    await until(() => listens(metricsPort), { seconds: 60 })
  }
  async function kill() {
    process.kill(-child.pid, 'SIGKILL')
    await exited
  }

  await start()
  return {
    url: `amqp://guest:guest@127.0.0.1:${port}`,
    metrics: `127.0.0.1:${metricsPort}`,
    start,
    kill,
    async remove() {
      await kill()
      rmSync(folder, { recursive: true })
    },
  }
}

function listens(port) {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => done(false))
    socket.on('connect', () => {
      socket.destroy()
      done(true)
    })
  })
}
