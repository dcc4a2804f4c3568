/** What nginx does to requests that reach it: counts, names, refuses, hands on, keeps. */
import { openStream } from './requests.mjs'
import { until } from './stack.mjs'

export async function showEdge({ nginx, edge, send, token, vehicle, holds }) {
  await showLimits({ send, token, holds, nginx })
  await showHeaders({ nginx, send, holds, token })
  await showBodies({ send, token, holds })

  const pictures = [await send('GET', vehicle.picture), await send('GET', vehicle.picture)]
  const caches = pictures.map(({ headers }) => headers['x-cache'])
  const [{ status, headers }] = pictures
  holds('a picture comes from an api process once', status === 200 && caches.join() === 'MISS,HIT', caches.join(', '))
  holds(
    'and may be kept and shown elsewhere',
    /immutable/.test(headers['cache-control']) && headers['cross-origin-resource-policy'] === 'cross-origin',
  )

  const stream = openStream({ ...edge, path: '/api/v1/notifications/stream/', token })
  await until(() => stream.text.includes('retry:'), { seconds: 5 })
  await send('POST', '/api/v1/booking/bookings/', {
    token,
    headers: { 'Idempotency-Key': 'stream' },
    body: bookingOf(vehicle),
  })
  await until(() => stream.text.includes('event: notification'), { seconds: 10 })
  stream.close()
  holds('a stream is handed on as it comes', stream.firstAfterMs < 1_000, `first bytes after ${stream.firstAfterMs} ms`)

  for (let n = 0; n < 40; n += 1) await send('GET', '/api/v1/inventory/vehicles/')
  const { lines } = nginx.accessLog()
  // What nginx refused itself has none.
  const upstreams = lines
    .filter(({ path, upstream }) => path === '/api/v1/inventory/vehicles/' && upstream)
    .map(({ upstream }) => upstream)
  const counts = Object.entries(Object.groupBy?.(upstreams, (each) => each) ?? countsOf(upstreams)).map(
    ([name, of]) => `${name}: ${of.length ?? of}`,
  )
  holds('both api processes answer', counts.length === 2, counts.join(', '))
}

function countsOf(values) {
  const counts = {}
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  return counts
}

export const bookingOf = ({ id }) => ({
  vehicle_model: id,
  booking_amount: '5000.00',
  payment_option: 'full_payment',
  terms_accepted: true,
})

async function showLimits({ send, token, holds, nginx }) {
  const statusesOf = async (count, ask) => {
    const answers = []
    for (let n = 0; n < count; n += 1) answers.push(await ask(n))
    return answers
  }
  const code = (from) => (n) =>
    send('POST', '/api/v1/auth/send-otp/', {
      from,
      body: { identifier: `member${n}@example.com`, otp_type: 'email' },
      // Claiming another address each time must not help.
      headers: { 'X-Forwarded-For': `10.0.0.${n}` },
    })
  const codes = await statusesOf(6, code('127.200.0.1'))
  const sixth = codes[5]
  holds(
    'five codes a minute, the sixth is 429',
    codes.map(({ status }) => status).join() === '200,200,200,200,200,429',
    codes.map(({ status }) => status).join(' '),
  )
  holds(
    'as problem with Retry-After',
    sixth.body?.code === 'rate.limited' && sixth.headers['retry-after'] === '12',
    sixth.headers['content-type'],
  )
  const refused = () => nginx.accessLog().lines.find(({ status, upstream }) => status === 429 && upstream === '')
  // A line is written when its answer has gone.
  await until(refused, { seconds: 5 })
  holds('refused before an api process', refused().limit === 'REJECTED', refused().limit)
  const elsewhere = await code('127.200.0.2')(7)
  holds('another address is not concerned', elsewhere.status === 200, elsewhere.status)
  const bookings = await statusesOf(11, () => send('GET', '/api/v1/booking/bookings/', { from: '127.200.0.3', token }))
  holds(
    'ten requests for bookings, the eleventh is 429',
    bookings.filter(({ status }) => status === 200).length === 10 && bookings[10].status === 429,
  )
  const others = await statusesOf(101, () => send('GET', '/api/v1/inventory/vehicles/', { from: '127.200.0.4' }))
  const [answered, limited] = [200, 429].map((wanted) => others.filter(({ status }) => status === wanted).length)
  holds('a hundred others', answered >= 100 && limited === 101 - answered, `${answered} answered, ${limited} refused`)
}

async function showHeaders({ nginx, send, holds, token }) {
  const { headers, status } = await send('GET', '/api/v1/wallet/my_wallet/?secret=in-the-query', {
    token,
    headers: { 'X-Request-Id': 'trial-17' },
  })
  holds('the request keeps its id', status === 200 && headers['x-request-id'] === 'trial-17')
  const once = ['content-security-policy', 'strict-transport-security', 'x-content-type-options', 'referrer-policy']
  holds(
    'each security header comes once',
    once.every((name) => headers[name] && !headers[name].includes(', max-age') && !/nosniff, /.test(headers[name])),
    headers['strict-transport-security'],
  )
  holds(
    'and no name of software with a version',
    !/\d/.test(headers.server ?? '') && headers['x-powered-by'] === undefined,
    headers.server,
  )
  const inside = await Promise.all(['/metrics', '/health/ready', '/dev/mailbox.json'].map((path) => send('GET', path)))
  holds(
    'metrics, readiness and mailbox are not there',
    inside.every((answer) => answer.status === 404 && answer.body?.code === 'request.not_found'),
  )
  const zipped = await send('GET', '/api/openapi.json', { headers: { 'Accept-Encoding': 'gzip' } })
  holds('large answers are compressed', zipped.headers['content-encoding'] === 'gzip', `${zipped.bytes.length} bytes`)
  const plain = await fetch(`http://127.0.0.1:${nginx.http}/docs`, { redirect: 'manual' })
  holds('plain HTTP leads to HTTPS', plain.status === 308 && plain.headers.get('location').startsWith('https://'))
  const { text } = nginx.accessLog()
  holds(
    'the access log holds neither token nor query',
    !text.includes(token.slice(-20)) && !text.includes('in-the-query'),
  )
}

async function showBodies({ send, token, holds }) {
  const large = await send('POST', '/api/v1/wallet/deposit/', { token, body: { text: 'x'.repeat(103_000) } })
  holds('a body above 100 kB is 413', large.status === 413 && large.body?.code === 'request.too_large', large.status)
  const within = await send('POST', '/api/v1/wallet/deposit/', { token, body: { text: 'x'.repeat(90_000) } })
  holds('one below is read', within.status === 400, within.body?.code)
}
