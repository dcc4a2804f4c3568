import { expect, test } from 'vitest'
import { createLogger } from './logger.ts'
import { continueTrace, traceHeaders, traceIdOf, withTrace } from './trace.ts'

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const incoming = `00-${traceId}-00f067aa0ba902b7-01`
const newTrace = /^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/
const under = (traceparent: string) => ({ requestId: 'r1', traceparent, ipAddress: null })

test('a step goes on with the trace that came in, under a name of its own', () => {
  const first = continueTrace(incoming)
  expect(first).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`))
  expect(continueTrace(incoming)).not.toBe(first)
  expect(first).not.toBe(incoming)
  expect(traceIdOf({ traceparent: first })).toBe(traceId)
})

test.each([
  undefined,
  '',
  'yes',
  `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
  `00-${traceId}-${'0'.repeat(16)}-01`,
  `00-${traceId.toUpperCase()}-00f067aa0ba902b7-01`,
  `ff-${traceId}-00f067aa0ba902b7-01`,
  `${incoming}-more`,
  `${incoming}\n`,
])('%j begins a trace of its own', (text) => {
  expect(continueTrace(text)).toMatch(newTrace)
  expect(continueTrace(text)).not.toContain(traceId)
})

test('what runs under a trace says so in its log lines, also those of child loggers, and in its calls', async () => {
  const lines: string[] = []
  const logger = createLogger({ level: 'info', pretty: false, destination: { write: (line) => void lines.push(line) } })
  await withTrace(under(incoming), async () => {
    await Promise.resolve()
    logger.info('within')
    logger.child({ handler: 'pairs.credit' }).info('child')
    expect(traceHeaders()).toEqual({ traceparent: incoming })
  })
  logger.info('outside')
  expect(traceHeaders()).toEqual({})
  expect(lines.map((line) => JSON.parse(line).trace_id)).toEqual([traceId, traceId, undefined])
})
