/** What members notice when api processes die or are replaced while they are at work. */
import { setTimeout as pause } from 'node:timers/promises'
import { bookingOf } from './edge.mjs'
import { startLoad } from './requests.mjs'
import { freePort, until } from './stack.mjs'

let keys = 0

/** Reading, writing what may not be repeated, and money under a key. */
function kindsOf({ send, token, vehicle }) {
  return {
    read: async () => ({ answer: await send('GET', '/api/v1/inventory/vehicles/') }),
    write: async () => ({ answer: await send('POST', '/api/v1/notifications/mark_all_read/', { token }) }),
    money: async () => {
      keys += 1
      const key = `trial-${keys}`
      return { key, answer: await book({ send, token, vehicle }, key) }
    },
  }
}

const book = ({ send, token, vehicle }, key) =>
  send('POST', '/api/v1/booking/bookings/', { token, headers: { 'Idempotency-Key': key }, body: bookingOf(vehicle) })

const isGood = ({ status }) => status >= 200 && status < 300
const summary = (results) => {
  const counts = {}
  for (const { kind, status, code } of results) {
    const name = `${kind} ${status}${code ? ` ${code}` : ''}`
    counts[name] = (counts[name] ?? 0) + 1
  }
  return Object.entries(counts)
    .sort()
    .map(([name, count]) => `${name}: ${count}`)
    .join(', ')
}

const callers = 4

export async function showFailover(trial) {
  const { stack, apis, holds } = trial
  const load = startLoad(kindsOf(trial), { callers })
  await until(() => load.results.length > 100)
  const [victim] = apis
  victim.kill('SIGKILL')
  await victim.exited
  const atDeath = load.results.length
  await until(() => load.results.length > atDeath + 300)
  const results = await load.stop()
  const failed = results.filter((result) => !isGood(result))
  console.log(`    ${summary(results)}`)
  holds(
    'no reading request fails',
    failed.every(({ kind }) => kind !== 'read'),
  )
  const cutOff = failed.filter(({ kind }) => kind === 'write')
  holds(
    'of writing ones only those in flight there',
    cutOff.length <= callers && cutOff.every(({ status }) => status === 503),
    `${cutOff.length} of ${callers} callers`,
  )
  const inDoubt = failed.filter(({ kind }) => kind === 'money')
  holds(
    'money under a key is repeated elsewhere, or said to be under way',
    inDoubt.every(({ code }) => code === 'idempotency.in_progress'),
    `${inDoubt.length} under way`,
  )
  await settle(trial, results)
  apis[0] = await stack.startApi(victim.port)
}

/** Asks again under every key that got no answer: in the end each key has made one booking. */
async function settle(trial, results) {
  const bookings = new Map()
  for (const { key, body, status } of results) if (key && status === 201) bookings.set(key, body.id)
  const open = results.filter(({ key }) => key && !bookings.has(key))
  for (const { key } of open) {
    await until(
      async () => {
        const { status, body } = await book(trial, key)
        if (status === 201) bookings.set(key, body.id)
        return status === 201
      },
      { seconds: 60 },
    )
  }
  const ids = new Set(bookings.values())
  trial.holds(
    'each key has made exactly one booking',
    ids.size === bookings.size,
    `${bookings.size} keys, ${ids.size} bookings, ${open.length} asked again`,
  )
}

/** Two workers are replaced one after the other, and one more is killed. */
export async function showWorkerRestarts(trial) {
  const { stack, workers, holds } = trial
  const load = startLoad(kindsOf(trial), { callers })
  for (const at of [0, 1]) {
    await until(() => load.results.length > 150 * (at + 1))
    workers[at].kill('SIGTERM')
    const code = await workers[at].exited
    holds(`worker ${at + 1} ends by itself`, code === 0, `exit code ${code}`)
    workers[at] = stack.startWorker()
  }
  await until(() => load.results.length > 450)
  workers[0].kill('SIGKILL')
  await workers[0].exited
  workers[0] = stack.startWorker()
  await until(() => load.results.length > 600)
  judge(await load.stop(), 'no request fails', holds)

  await until(() => stack.messagesUnderway() === 0, { seconds: 120 })
  // It counts what was published and no handler has recorded, and would give it out again.
  const unhandled = stack.command('queue-resend').trim()
  holds('no message is lost', unhandled.startsWith('0 messages'), `${stack.published()} published; ${unhandled}`)
  const parked = stack.command('queue-parked').trim()
  holds('and none is put aside', parked === 'Nothing is parked.', parked)
}

export async function showRestarts(trial) {
  const { stack, nginx, apis, holds, send, vehicle } = trial
  await pause(6_000)

  const inPlace = startLoad(kindsOf(trial), { callers })
  for (const at of [0, 1]) {
    await until(() => inPlace.results.length > 150 * (at + 1))
    apis[at].kill('SIGTERM')
    const code = await apis[at].exited
    holds(`process ${at + 1} ends by itself`, code === 0, `exit code ${code}`)
    apis[at] = await stack.startApi(apis[at].port)
    // nginx leaves a process that refused alone for five seconds.
    await pause(6_000)
  }
  judge(await inPlace.stop(), 'one after the other in its place: no request fails', holds)

  const replacing = startLoad(kindsOf(trial), { callers })
  for (const at of [0, 1]) {
    await until(() => replacing.results.length > 150 * (at + 1))
    const old = apis[at]
    apis[at] = await stack.startApi(await freePort())
    nginx.use(apis.map(({ port }) => port))
    await pause(1_000)
    old.kill('SIGTERM')
    await old.exited
  }
  await pause(1_000)
  judge(await replacing.stop(), 'a new one before each old one: no request fails', holds)

  for (const api of apis) api.kill('SIGTERM')
  await Promise.all(apis.map(({ exited }) => exited))
  const refused = await send('GET', '/api/v1/inventory/vehicles/')
  holds(
    'without any process the answer is a 503 that says when to come again',
    refused.status === 503 && refused.body?.code === 'service.unavailable' && refused.headers['retry-after'] === '5',
    refused.status,
  )
  const picture = await send('GET', vehicle.picture)
  holds('and pictures are still shown', picture.status === 200, picture.headers['x-cache'])
}

function judge(results, what, holds) {
  console.log(`    ${summary(results)}`)
  const errors = results
    .filter((result) => !isGood(result))
    .map(({ kind, status, code, error }) => `${kind} ${status} ${code ?? error}`)
  holds(
    what,
    errors.length === 0,
    `${results.length} requests${errors.length ? `; ${errors.slice(0, 5).join(', ')}` : ''}`,
  )
}
