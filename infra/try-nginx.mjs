/**
 * Runs nginx with the files of infra/nginx before real api processes (MariaDB, Redis and RabbitMQ on this machine) and shows what it
 * promises: `node infra/try-nginx.mjs`. Needs nginx, openssl, mysql and rabbitmqctl; it makes a database and a virtual host of its own and removes
 * them. Leaves with 1 when something does not hold.
 */
import { readFileSync } from 'node:fs'
import { showEdge } from './trial/edge.mjs'
import { showFailover, showRestarts, showWorkerRestarts } from './trial/failures.mjs'
import { clientOf, formOf } from './trial/requests.mjs'
import { freePort, openStack } from './trial/stack.mjs'

const findings = { passed: 0, failed: 0 }

/** Says whether something holds, with the figures it rests on. */
function holds(what, isSo, figures) {
  findings[isSo ? 'passed' : 'failed'] += 1
  console.log(`  ${isSo ? '✓' : '✗'} ${what}${figures === undefined ? '' : ` — ${figures}`}`)
}

const stack = await openStack()
let nginx
try {
  stack.command('db-migrate')
  stack.command('create-superuser', ['--email', 'operator@example.com'])
  const ports = [await freePort(), await freePort()]
  const apis = await Promise.all(ports.map(stack.startApi))
  const workers = [stack.startWorker(), stack.startWorker()]
  nginx = await stack.startNginx(ports)
  const edge = { port: nginx.https, ca: nginx.certificate }
  const send = clientOf(edge)

  const token = await logIn(send, apis)
  const vehicle = await addVehicle(send, token)
  const trial = { stack, nginx, edge, send, token, vehicle, apis, workers, holds }

  console.log('Limits, headers, files, streams')
  await showEdge(trial)
  console.log('A process dies')
  await showFailover(trial)
  console.log('Workers are replaced under load')
  await showWorkerRestarts(trial)
  console.log('Restarts under load')
  await showRestarts(trial)

  const verified = stack.command('ledger-verify', ['--at-rest'])
  holds('the ledger has no differences', verified.includes('no differences'), verified.trim())
} finally {
  await nginx?.stop()
  await stack.close()
}
console.log(`${findings.passed} passed, ${findings.failed} failed`)
process.exitCode = findings.failed === 0 ? 0 : 1

/** The code stands in the mailbox of whichever process was asked. */
async function logIn(send, apis) {
  const person = { identifier: 'operator@example.com', otp_type: 'email' }
  await send('POST', '/api/v1/auth/send-otp/', { body: person })
  const mailboxes = apis.map(({ port }) => `http://127.0.0.1:${port}/dev/mailbox.json?to=operator@example.com`)
  const mails = (await Promise.all(mailboxes.map(async (url) => (await fetch(url)).json()))).flat()
  const { body } = await send('POST', '/api/v1/auth/verify-otp/', {
    body: { ...person, otp_code: /\d{6}/.exec(mails[0].text)[0] },
  })
  return body.access_token
}

async function addVehicle(send, token) {
  const { body: vehicle } = await send('POST', '/api/v1/inventory/vehicles/', {
    token,
    body: { name: 'Vayu City', price: '100000.00', description: 'For the trial. '.repeat(200) },
  })
  const bytes = readFileSync(new URL('../apps/standalone/src/seed/pictures/vayu-city.webp', import.meta.url))
  const form = formOf({ vehicle: vehicle.id }, { name: 'image', fileName: 'a.webp', type: 'image/webp', bytes })
  const { body: picture } = await send('POST', '/api/v1/inventory/vehicle-images/', { token, form })
  return { id: vehicle.id, picture: new URL(picture.image_url, 'https://localhost').pathname }
}
