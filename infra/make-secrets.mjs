/**
 * Makes every secret that docker-compose.yml hands to a container, each in a file of its own:
 * `node infra/make-secrets.mjs [folder]`, infra/secrets by default. A file that is there is kept, so running it again only adds what is missing;
 * what is not to be made (keys of providers, of SMTP and SMS) is left out and said.
 */
import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const folder = resolve(process.argv[2] ?? join(here, 'secrets'))
mkdirSync(folder, { recursive: true, mode: 0o700 })

const key = () => randomBytes(36).toString('base64url')
const made = []

/** The content of a secret: what its file has, or else what `make` says, kept. Readable by the container's user, in a folder that only its owner enters. */
function secret(name, make) {
  const file = join(folder, name)
  if (existsSync(file)) return readFileSync(file, 'utf8')
  const content = make()
  writeFileSync(file, content, { mode: 0o644 })
  made.push(name)
  return content
}

/** RabbitMQ's form of a password: four random bytes, and SHA-256 over them and the password. */
function rabbitHash(password) {
  const salt = randomBytes(4)
  return Buffer.concat([salt, createHash('sha256').update(salt).update(password).digest()]).toString('base64')
}

for (const name of ['jwt_secret', 'hash_key', 'encryption_key', 'mysql_root_password']) secret(name, key)

const mysql = secret('mysql_password', key)
secret('database_url', () => `mysql://ev:${mysql}@mysql:3306/ev`)

const redis = secret('redis_password', key)
secret('redis_url', () => `redis://ev:${redis}@redis:6379`)
secret('redis_acl', () =>
  [
    'user default off',
    `user ev on #${createHash('sha256').update(redis).digest('hex')} ~* &* +@all -@admin -@dangerous +info`,
    'user health on nopass -@all +ping',
    '',
  ].join('\n'),
)

const rabbit = secret('rabbitmq_password', key)
secret('amqp_url', () => `amqp://ev:${rabbit}@rabbitmq:5672/ev`)
secret('rabbitmq_definitions', () =>
  readFileSync(join(here, 'rabbitmq/definitions.json'), 'utf8').replace('@PASSWORD_HASH@', rabbitHash(rabbit)),
)

if (!existsSync(join(folder, 'tls_certificate'))) {
  const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1'
  const request = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '30',
    '-subj',
    '/CN=localhost',
    '-addext',
    names,
  ]
  const files = ['-keyout', join(folder, 'tls_key'), '-out', join(folder, 'tls_certificate')]
  execFileSync('openssl', [...request, ...files], { stdio: 'ignore' })
  execFileSync('chmod', ['644', join(folder, 'tls_key')])
  made.push('tls_key', 'tls_certificate (for localhost, signed by itself: replace both before members come)')
}

console.log(made.length === 0 ? `Nothing was missing in ${folder}.` : `Made in ${folder}:\n  ${made.join('\n  ')}`)
const given = [
  'smtp_url',
  'sms_gateway_token',
  'razorpay_key_secret',
  'razorpay_webhook_secret',
  'razorpayx_key_secret',
  'razorpayx_webhook_secret',
]
const missing = given.filter((name) => !existsSync(join(folder, name)))
if (missing.length > 0) console.log(`Yours to put there:\n  ${missing.join('\n  ')}`)
