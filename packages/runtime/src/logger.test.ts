import { describe, expect, test } from 'vitest'
import { createLogger } from './logger.ts'

function capturing(pretty = false) {
  const lines: string[] = []
  const destination = {
    write(line: string) {
      lines.push(line)
    },
  }
  return { lines, logger: createLogger({ level: 'debug', pretty, destination }) }
}

const secrets = [
  '482913',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJl',
  'ABCPE1234F',
  '234567890124',
  '50100234567890',
  's3cr3t-value',
]
const [otp, token, pan, aadhaar, account, refresh] = secrets

describe.each([false, true])('a log (pretty: %s)', (pretty) => {
  test('hides secrets by the name of the field, at any depth and in child loggers', () => {
    const { lines, logger } = capturing(pretty)
    logger.info({ otp_code: otp, body: { deeper: [{ PAN_number: pan, aadhaarNumber: aadhaar }], refresh } }, 'verified')
    logger.child({ authorization: refresh }).warn({ account_number: account }, 'child')
    expectNothingLeaks(lines)
  })

  test('hides secrets by their shape in messages, arguments, urls and errors', () => {
    const { lines, logger } = capturing(pretty)
    logger.info(`Your OTP is ${otp}`)
    logger.info('%s is your code', otp)
    logger.info('got %s and %s', token, pan)
    logger.info(
      { url: `/api/x/?token=${refresh}&page=2`, note: `Aadhaar 2345 6789 0124, account ${account}` },
      'request',
    )
    logger.info({ header: `Bearer ${token}` }, `pan=${pan}`)
    const error = new Error(`The PAN ${pan} is taken`, { cause: new Error(`token=${refresh}`) })
    logger.error({ err: error }, 'failed')
    logger.error(error)
    logger.error({ nested: { error } }, `account ${account}`)
    expectNothingLeaks(lines)
    expect(lines.join('')).not.toContain('2345 6789 0124')
  })

  test('keeps what a reader needs', () => {
    const { lines, logger } = capturing(pretty)
    logger.info(
      {
        user_id: 42,
        request_id: '123456789012',
        route: '/booking/bookings/{id}/',
        code: 'booking.expired',
        amount: '5000.00',
      },
      'refused',
    )
    for (const fact of ['42', '123456789012', '/booking/bookings/{id}/', 'booking.expired', '5000.00', 'refused']) {
      expect(lines.join('')).toContain(fact)
    }
  })

  test('a value with line breaks stays one line', () => {
    const { lines, logger } = capturing(pretty)
    logger.info({ name: 'a\r\n{"level":"error","msg":"forged"}\u2028\u001b[31m' }, 'first\r\nsecond')
    expect(lines).toHaveLength(1)
    expect(lines[0]?.trimEnd().split(/[\r\n\u2028]/)).toHaveLength(1)
  })
})

test('an error is written with its type, message, stack and cause', () => {
  const { lines, logger } = capturing()
  logger.error({ err: new TypeError('broken', { cause: new Error('deeper') }) }, 'failed')
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'error',
    msg: 'failed',
    err: { type: 'TypeError', message: 'broken', cause: { message: 'deeper' } },
  })
})

function expectNothingLeaks(lines: readonly string[]): void {
  expect(lines.length).toBeGreaterThan(0)
  for (const secret of secrets) expect(lines.join('')).not.toContain(secret)
}
