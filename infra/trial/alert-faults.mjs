/** The fault of each alert: `make` makes it and answers how to end it. */
import { execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'

/** One statement or more on the database of the trial. */
function sql({ stack }, statements) {
  execFileSync('mysql', ['-h127.0.0.1', '-uroot', stack.name, '-e', statements], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
}

/** Holds `table` from everybody for `seconds`, `times` over with a tenth of a second between. */
function hold({ stack }, table, { seconds, times }) {
  const once = `LOCK TABLES ${table} WRITE; SELECT SLEEP(${seconds}); UNLOCK TABLES; SELECT SLEEP(0.1);`
  const child = spawn('mysql', ['-h127.0.0.1', '-uroot', stack.name], { stdio: ['pipe', 'ignore', 'ignore'] })
  const over = new Promise((done) => child.on('exit', done))
  child.stdin.end(once.repeat(times))
  return {
    over,
    async end() {
      child.kill('SIGKILL')
      // The server notices at the end of the sleep that nobody listens.
      await over
      await pause(seconds * 1_000)
    },
  }
}

function request({ token }, { port }, path, { method = 'GET', body } = {}) {
  return fetch(`http://127.0.0.1:${port}/api/v1/${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(60_000),
  }).then(
    async (answer) => ({ status: answer.status, body: await answer.json().catch(() => null) }),
    () => ({ status: 0 }),
  )
}

/** `callers` that ask one after the other until the end, with a moment between. */
function keepAsking(ask, callers) {
  let isOver = false
  const loops = Array.from({ length: callers }, async () => {
    while (!isOver) {
      await ask()
      await pause(100)
    }
  })
  return async () => {
    isOver = true
    await Promise.all(loops)
  }
}

/** Writes a message to the outbox as a request would. */
function publish(platform, name, payload) {
  sql(
    platform,
    `INSERT INTO outbox_messages (message_id, name, payload, created_at) VALUES ('${randomUUID()}', '${name}', '${JSON.stringify(payload)}', UTC_TIMESTAMP(3))`,
  )
}

/** A booking, and with it a message that somebody is told of it by. */
async function book(platform) {
  platform.vehicle ??= (
    await request(platform, platform.apis[0], 'inventory/vehicles/', {
      method: 'POST',
      body: { name: 'Vayu City', price: '100000.00', description: 'For the trial.' },
    })
  ).body.id
  const { status, body } = await request(platform, platform.apis[0], 'booking/bookings/', {
    method: 'POST',
    body: {
      vehicle_model: platform.vehicle,
      booking_amount: '5000.00',
      payment_option: 'full_payment',
      terms_accepted: true,
    },
  })
  if (status !== 201) throw new Error(`No booking could be made: ${status} ${JSON.stringify(body)}`)
}

const myWallet = (platform, api) => request(platform, api, 'wallet/my_wallet/')

export const faults = [
  {
    title: 'A balance is changed by hand',
    alerts: ['LedgerDifference'],
    async make(platform) {
      await myWallet(platform, platform.apis[0])
      sql(platform, 'UPDATE wallets SET total_earned = total_earned + 1')
      record(platform)
      return {
        async end() {
          sql(platform, 'UPDATE wallets SET total_earned = total_earned - 1')
          record(platform)
        },
      }
    },
  },
  {
    title: 'The last verification was 27 hours ago',
    alerts: ['LedgerVerificationTooOld'],
    async make(platform) {
      sql(
        platform,
        `UPDATE settings SET value = JSON_SET(value, '$.finishedAt', DATE_FORMAT(UTC_TIMESTAMP(3) - INTERVAL 27 HOUR, '%Y-%m-%dT%H:%i:%s.000Z')) WHERE \`key\` = 'last_verification'`,
      )
      return { end: async () => record(platform) }
    },
  },
  {
    title: 'A message whose pair there is not',
    alerts: ['ParkedMessages', 'ParkedMoneyMessages'],
    async make(platform) {
      publish(platform, 'pair.matched', { pairId: 999_999 })
      return {
        async end() {
          const parked = platform.stack.command('queue-parked').matchAll(/^(\S+) {2}(\S+) {2}/gm)
          for (const [, handler, id] of parked) {
            platform.stack.command('queue-parked', ['--handler', handler, '--id', id, '--discard'])
          }
        },
      }
    },
  },
  {
    title: 'The broker is killed, and a message waits',
    alerts: ['OutboxStuck', 'WorkerAbsent'],
    async make(platform) {
      await platform.broker.kill()
      await book(platform)
      return { end: () => platform.broker.start() }
    },
  },
  {
    title: 'The worker is stopped',
    alerts: ['WorkerAbsent'],
    async make(platform) {
      platform.worker.kill('SIGTERM')
      await platform.worker.exited
      return { end: async () => platform.startWorker() }
    },
  },
  {
    title: 'Notices cannot be written for 40 seconds, twice',
    alerts: ['SlowHandler'],
    async make(platform) {
      await book(platform)
      await pause(3_000)
      const held = hold(platform, 'notifications', { seconds: 40, times: 2 })
      await book(platform)
      const next = setTimeout(() => void book(platform), 41_000)
      return {
        async end() {
          clearTimeout(next)
          await held.end()
        },
      }
    },
  },
  {
    title: 'One api process is killed, then the other',
    alerts: ['ApiProcessDown', 'ApiAbsent'],
    async make({ apis, stack }) {
      apis[0].kill('SIGKILL')
      await pause(40_000)
      apis[1].kill('SIGKILL')
      return {
        async end() {
          for (const at of [0, 1]) apis[at] = await stack.startApi(apis[at].port)
        },
      }
    },
  },
  {
    title: 'A table is away',
    alerts: ['ErrorRate'],
    async make(platform) {
      sql(platform, 'RENAME TABLE wallets TO wallets_away')
      const stop = keepAsking(() => myWallet(platform, platform.apis[0]), 2)
      return {
        async end() {
          sql(platform, 'RENAME TABLE wallets_away TO wallets')
          await stop()
        },
      }
    },
  },
  {
    title: 'A table is held for four seconds, again and again, while forty ask',
    alerts: ['DatabaseQueue', 'SlowRequests'],
    async make(platform) {
      const held = hold(platform, 'notifications', { seconds: 4, times: 100 })
      const ask = () => request(platform, platform.apis[0], 'notifications/mark_all_read/', { method: 'POST' })
      const stop = keepAsking(ask, 40)
      return {
        async end() {
          await held.end()
          await stop()
        },
      }
    },
  },
  {
    title: 'A process may not compute for most of each second',
    alerts: ['EventLoopLag'],
    async make({ apis }) {
      let isOver = false
      const stopping = (async () => {
        while (!isOver) {
          apis[1].kill('SIGSTOP')
          await pause(900)
          apis[1].kill('SIGCONT')
          await pause(300)
        }
      })()
      return {
        async end() {
          isOver = true
          await stopping
        },
      }
    },
  },
  {
    title: 'A process holds 800 MB',
    alerts: ['MemoryGrowing'],
    async make({ apis, stack }) {
      const { port } = apis[0]
      const restart = async (more) => {
        apis[0].kill('SIGTERM')
        await apis[0].exited
        apis[0] = await stack.startApi(port, more)
      }
      await restart({ NODE_OPTIONS: '--import=data:text/javascript,globalThis.ballast=Buffer.alloc(8e8,1)' })
      return { end: () => restart({}) }
    },
  },
]

/** Verifies now, as the schedule does at night; it leaves with 1 when there is a difference. */
function record({ stack }) {
  try {
    stack.command('ledger-verify', ['--record'])
  } catch (error) {
    if (error.status !== 1) throw error
  }
}
