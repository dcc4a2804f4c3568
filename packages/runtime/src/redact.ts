const HIDDEN = '[redacted]'
const MAX_DEPTH = 6
const MAX_ITEMS = 100

/** Names of values that are never written to a log, compared without case, `_` and `-`. */
const SECRET_NAMES = new Set(
  [
    'otp otpcode emailotp mobileotp passcode password pin secret signuptoken token tokens access refresh accesstoken',
    'refreshtoken idtoken jwt authorization cookie setcookie apikey hashkey encryptionkey jwtsecret pan pannumber',
    'aadhaar aadhaarnumber accountnumber bankaccountnumber idproofnumber xapikey smtpurl',
  ]
    .join(' ')
    .split(' '),
)

/** Shapes of such values inside longer texts. The order matters: the most specific first. */
const SECRET_SHAPES: readonly [RegExp, string][] = [
  [/\beyJ[\w-]{5,}\.[\w-]+\.[\w-]*/g, HIDDEN],
  [/\b(Bearer)\s+[^\s"',]+/gi, `$1 ${HIDDEN}`],
  [
    /\b(otp|code|passcode|token|secret|password|access|refresh)(_[a-z]+)?(["']?\s*[=:]\s*["']?)[^\s&"',}]+/gi,
    `$1$2$3${HIDDEN}`,
  ],
  [/\b(otp|code|passcode)\b(\D{1,20})\d{4,8}\b/gi, `$1$2${HIDDEN}`],
  [/\b\d{4,8}\b(\D{1,20})\b(otp|code|passcode)\b/gi, `${HIDDEN}$1$2`],
  [/\b[A-Z]{5}\d{4}[A-Z]\b/gi, HIDDEN],
  [/(?<![\w.-])\d{4}[ -]\d{4}[ -]\d{4}(?![\w.-])/g, HIDDEN],
  [/(?<![\w.-])\d{9,18}(?![\w-])/g, HIDDEN],
  [/:\/\/([^/\s:@]+):[^@\s/]+@/g, `://$1:${HIDDEN}@`],
]

/** What every such shape has in it. Most texts of a log have nothing of it and need no closer look. */
const MAY_HOLD_SECRET = /\d{4}|:\/\/|eyJ|bearer|otp|code|token|secret|password|access|refresh/i
const LINE_BREAK = /[\p{Cc}\u2028\u2029]/u

/**
 * A copy of `value` fit for a log: values under secret names are gone, and texts are searched for codes, tokens, PAN, Aadhaar and account
 * numbers by their shape. Line breaks become visible characters, so that one event stays one line.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value)
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Error) return redactError(value, depth)
  if (value instanceof Date) return value
  if (depth >= MAX_DEPTH) return '[deeper]'
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => redact(item, depth + 1))
  if (!isPlain(value)) return `[${value.constructor.name}]`
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MAX_ITEMS)
      .map(([name, item]) => [redactText(name), redactField(name, item, depth)]),
  )
}

/** A copy of `value` as it may stand in a log under `name`. */
export function redactField(name: string, value: unknown, depth = 0): unknown {
  if (isSecretName(name) && value != null) return HIDDEN
  // Either may be any digits that a client chose; they are worth nothing to a reader when they are hidden.
  if ((name === 'request_id' || name === 'trace_id') && typeof value === 'string') return escapeLineBreaks(value)
  return redact(value, depth + 1)
}

export function redactText(text: string): string {
  return escapeLineBreaks(hideSecretShapes(text))
}

function hideSecretShapes(text: string): string {
  if (!MAY_HOLD_SECRET.test(text)) return text
  return SECRET_SHAPES.reduce((cleaned, [shape, replacement]) => cleaned.replace(shape, replacement), text)
}

function escapeLineBreaks(text: string): string {
  if (!LINE_BREAK.test(text)) return text
  return text.replace(
    /[\p{Cc}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function redactError(error: Error, depth: number): Record<string, unknown> {
  const code: unknown = Reflect.get(error, 'code')
  const facts: unknown = Reflect.get(error, 'facts')
  return {
    type: error.name,
    message: redactText(error.message),
    ...(code === undefined ? {} : { code: redact(code, depth + 1) }),
    ...(facts === undefined ? {} : { facts: redact(facts, depth + 1) }),
    // A stack keeps its lines: JSON escapes them, and a person reads them. Its first line repeats the message.
    stack: hideSecretShapes(error.stack ?? '').replace(/\r/g, '\\r'),
    ...(error.cause === undefined || depth >= MAX_DEPTH ? {} : { cause: redact(error.cause, depth + 1) }),
  }
}

function isSecretName(name: string): boolean {
  return SECRET_NAMES.has(name.toLowerCase().replace(/[_-]/g, ''))
}
