/** A platform of its own for a trial: database, virtual host, api and worker processes from the bundle, and nginx before them on free ports. */
import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const infra = resolve(fileURLToPath(import.meta.url), '../..')

/** `settings` are added to what the processes are told. Without an `AMQP_URL` among them the trial has a virtual host of its own in this machine's broker. */
export async function openStack(settings = {}) {
  const name = `ev_test_trial_${randomBytes(3).toString('hex')}`
  const folder = mkdtempSync(join(tmpdir(), 'ev-trial-'))
  const bundle = join(folder, 'app')
  run(process.execPath, [join(infra, '../apps/admin/scripts/build.mjs')])
  run(process.execPath, [join(infra, 'docker/bundle.mjs'), bundle])
  const virtualHost = settings.AMQP_URL ? null : name
  if (virtualHost) {
    run('rabbitmqctl', ['--quiet', 'add_vhost', virtualHost])
    run('rabbitmqctl', ['--quiet', 'set_permissions', '-p', virtualHost, 'guest', '.*', '.*', '.*'])
  }
  run('mysql', [
    '-h127.0.0.1',
    '-uroot',
    '-e',
    `CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`,
  ])
  const env = {
    ...process.env,
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    DATA_DIR: join(folder, 'data'),
    DATABASE_URL: `mysql://root@127.0.0.1:3306/${name}`,
    REDIS_URL: 'redis://127.0.0.1:6379',
    REDIS_PREFIX: `${name}:`,
    AMQP_URL: `amqp://guest:guest@127.0.0.1:5672/${name}`,
    TRUSTED_PROXIES: 'loopback',
    PUBLIC_URL: 'https://localhost',
    // The api counts as strictly as in production, by the addresses that nginx tells it.
    RATE_LIMIT_FACTOR: '1',
    ...settings,
  }
  const started = new Set()

  function launch(program, more = {}) {
    const child = spawn(process.execPath, [join(bundle, 'dist', `${program}.mjs`)], {
      env: { ...env, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const log = join(folder, `${program}-${child.pid}.log`)
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => appendFileSync(log, chunk))
    const exited = new Promise((done) => child.on('exit', (code) => done(code)))
    started.add(child)
    void exited.then(() => started.delete(child))
    return { pid: child.pid, log, kill: (signal) => child.kill(signal), exited }
  }

  async function startApi(port, more = {}) {
    const api = { ...launch('api', { PORT: String(port), ...more }), port }
    await until(async () => (await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null))?.ok)
    return api
  }

  const count = (rows) =>
    Number(
      run('mysql', [
        '-h127.0.0.1',
        '-uroot',
        '--batch',
        '--skip-column-names',
        name,
        '-e',
        `SELECT COUNT(*) FROM ${rows}`,
      ]),
    )

  return {
    name,
    folder,
    startApi,
    startWorker: (more = {}) => launch('worker', more),
    command: (program, args = []) =>
      execFileSync(process.execPath, [join(bundle, 'dist', `${program}.mjs`), ...args], { env, encoding: 'utf8' }),
    startNginx: (ports) => startNginx(folder, ports),
    /** Messages that wait to be published, or in a queue or at a handler. */
    messagesUnderway() {
      const queues = run('rabbitmqctl', ['--quiet', '--no-table-headers', '-p', name, 'list_queues', 'messages'])
      const queued = queues.split('\n').reduce((sum, count) => sum + Number(count), 0)
      return queued + count('outbox_messages WHERE published_at IS NULL')
    },
    published: () => count('outbox_messages WHERE published_at IS NOT NULL'),
    async close() {
      for (const child of started) child.kill('SIGTERM')
      await until(() => started.size === 0, { seconds: 45 })
      run('mysql', ['-h127.0.0.1', '-uroot', '-e', `DROP DATABASE ${name}`])
      if (virtualHost) run('rabbitmqctl', ['--quiet', 'delete_vhost', virtualHost])
      rmSync(folder, { recursive: true })
    },
  }
}

/** nginx with the files of infra/nginx, but ports, certificate and api processes of this trial. */
async function startNginx(folder, apiPorts) {
  const conf = join(folder, 'nginx')
  cpSync(join(infra, 'nginx'), conf, { recursive: true })
  run(process.execPath, [join(infra, 'make-secrets.mjs'), join(folder, 'secrets')])
  const [https, http] = [await freePort(), await freePort()]
  const edit = (file, changes) => {
    let text = readFileSync(join(conf, file), 'utf8')
    for (const [from, to] of changes) text = text.replaceAll(from, to)
    writeFileSync(join(conf, file), text)
  }
  edit('listen.conf', [
    ['8443', `127.0.0.1:${https}`],
    ['/run/secrets', join(folder, 'secrets')],
  ])
  edit('redirect.conf', [['8080', `127.0.0.1:${http}`]])
  const accessLog = join(folder, 'access.log')
  mkdirSync(join(folder, 'tmp'))
  edit('nginx.conf', [
    [' /tmp/', ` ${join(folder, 'tmp')}/`],
    ['/dev/stdout', accessLog],
    ['/dev/stderr', join(folder, 'error.log')],
  ])
  const template = readFileSync(join(conf, 'upstream.conf'), 'utf8')
  const name = (ports) => {
    const [first] = template.match(/^ *server .*$/m)
    const servers = ports.map((port) => first.replace(/\S+:8000/, `127.0.0.1:${port}`)).join('\n')
    writeFileSync(join(conf, 'upstream.conf'), template.replace(/(^ *server .*\n)+/m, `${servers}\n`))
  }
  name(apiPorts)
  const options = ['-p', folder, '-c', join(conf, 'nginx.conf')]
  // Started by root it would give its work to a user that may not enter this folder.
  const user = process.getuid() === 0 ? ' user root;' : ''
  const child = spawn('nginx', [...options, '-g', `daemon off;${user}`], { stdio: ['ignore', 'inherit', 'inherit'] })
  const exited = new Promise((done) => child.on('exit', done))
  await until(async () => (await fetch(`http://127.0.0.1:${http}/nginx-health`).catch(() => null))?.ok)
  return {
    https,
    http,
    certificate: readFileSync(join(folder, 'secrets/tls_certificate')),
    accessLog: () => {
      const text = readFileSync(accessLog, 'utf8')
      return {
        text,
        lines: text
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
      }
    },
    /** Sends requests to these from now on; those under way are finished where they are. */
    use(ports) {
      name(ports)
      run('nginx', [...options, '-s', 'reload'])
    },
    async stop() {
      child.kill('SIGTERM')
      await exited
    },
  }
}

function run(file, args) {
  return execFileSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

export async function until(holds, { seconds = 30 } = {}) {
  for (let tries = 0; tries < seconds * 20; tries += 1) {
    if (await holds()) return
    await pause(50)
  }
  throw new Error(`Did not come to hold within ${seconds} s: ${holds}`)
}

export function freePort() {
  return new Promise((done, fail) => {
    const server = createServer()
    server.on('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })
}
