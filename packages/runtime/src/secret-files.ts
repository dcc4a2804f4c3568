import { readFileSync } from 'node:fs'

/** Variables that hold a secret, or an address with a password in it. Each may be given as the path of a file, under its name with `_FILE` behind. */
export const secretVariables = [
  'DATABASE_URL',
  'REDIS_URL',
  'AMQP_URL',
  'S3_SECRET_ACCESS_KEY',
  'JWT_SECRET',
  'JWT_KEYS',
  'HASH_KEY',
  'ENCRYPTION_KEY',
  'ENCRYPTION_KEYS',
  'SMTP_URL',
  'SMS_GATEWAY_TOKEN',
  'RAZORPAY_KEY_SECRET',
  'RAZORPAY_WEBHOOK_SECRET',
  'RAZORPAYX_KEY_SECRET',
  'RAZORPAYX_WEBHOOK_SECRET',
] as const

type Variables = Readonly<Record<string, string>>

/**
 * Puts the content of each secret's file in its variable's place, without the line's end that editors leave behind. A variable that is given both ways is a
 * mistake, because nobody could tell which counts; so is a file that is empty or cannot be read. The problems name files, never what is in them.
 */
export function readSecretFiles(given: Variables): { env: Variables; problems: string[] } {
  const env: Record<string, string> = { ...given }
  const problems: string[] = []
  for (const name of secretVariables) {
    const path = given[`${name}_FILE`]
    if (path === undefined) continue
    if (given[name] !== undefined) problems.push(`${name}_FILE: must not be set together with ${name}`)
    const content = readIfPossible(path)
    if (content === null) problems.push(`${name}_FILE: ${path} cannot be read`)
    else if (content === '') problems.push(`${name}_FILE: ${path} is empty`)
    else env[name] = content
  }
  return { env, problems }
}

function readIfPossible(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').replace(/[\r\n]+$/, '')
  } catch {
    return null
  }
}
