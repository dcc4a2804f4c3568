import { format } from 'node:util'
import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino'
import { prettyFactory } from 'pino-pretty'
import { redactField, redactText } from './redact.ts'
import { currentTrace, traceIdOf } from './trace.ts'

export type Logger = PinoLogger

/**
 * The log of a process: one JSON object a line, or coloured text for a person when `pretty`. Every value and message passes
 * through `redact` first, those of child loggers too.
 */
export function createLogger(options: {
  level: string
  pretty: boolean
  /** Where lines go; standard output when absent. */
  destination?: DestinationStream
}): Logger {
  const destination = options.destination ?? pino.destination(1)
  const logger = pino(
    {
      level: options.level,
      mixin: traceField,
      formatters: { log: redactFields, level: (label) => ({ level: label }) },
      // Fields are redacted copies by the time serializers run; the default one for `err` expects a real error.
      serializers: { err: (value: unknown) => value },
      timestamp: pino.stdTimeFunctions.isoTime,
      hooks: {
        logMethod(inputs, method) {
          method.apply(this, asFieldsAndText(inputs))
        },
      },
    },
    options.pretty ? prettyDestination(destination) : destination,
  )
  // Bindings of child loggers do not pass through the formatters. Children inherit this method, so theirs are covered as well.
  const createChild = logger.child
  logger.child = function child(this: Logger, bindings, childOptions) {
    return createChild.call(this, redactFields(bindings), childOptions)
  } as typeof logger.child
  return logger
}

/** Which trace a line belongs to. */
function traceField(): { trace_id?: string } {
  const traceId = traceIdOf(currentTrace())
  return traceId === null ? {} : { trace_id: traceId }
}

/** The arguments of a log call as fields and one finished text, redacted after formatting, when a code may stand beside the word for it. */
function asFieldsAndText(inputs: readonly unknown[]): [object, string | undefined] {
  const [first, ...rest] = inputs
  if (typeof first === 'string') return [{}, redactText(format(first, ...rest))]
  const text = rest.length > 0 ? redactText(format(...rest)) : undefined
  if (first instanceof Error) return [{ err: first }, text ?? redactText(first.message)]
  return [typeof first === 'object' && first !== null ? first : { value: first }, text]
}

function prettyDestination(destination: DestinationStream): DestinationStream {
  const prettify = prettyFactory({
    ignore: 'pid,hostname',
    translateTime: 'SYS:HH:MM:ss.l',
    singleLine: true,
    colorize: process.stdout.isTTY === true,
  })
  return { write: (line) => destination.write(prettify(line)) }
}

function redactFields(fields: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, redactField(name, value)]))
}
