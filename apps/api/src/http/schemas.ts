import { formatRupees, isDomainError, type Paise, parseRupees } from '@ev/domain'
import { z } from 'zod'

/** Documents a schema by its form on the wire, whichever side of a codec the generator looks at. */
function onTheWire(form: Record<string, unknown>): z.core.GlobalMeta {
  return {
    override: ({ jsonSchema }: { jsonSchema: Record<string, unknown> }) => {
      for (const key of Object.keys(jsonSchema)) delete jsonSchema[key]
      Object.assign(jsonSchema, form)
    },
  } as z.core.GlobalMeta
}

const AMOUNT_EXPECTED = 'Must be an amount in rupees, like "5000.00".'

/** The message for a value of the wrong kind; one that is absent altogether is simply required. */
function orRequired(message: string): (issue: { readonly input: unknown }) => string {
  return ({ input }) => (input === undefined ? 'This field is required.' : message)
}

function rupeesCodec(options: { allowNegative: boolean }) {
  return z.codec(z.union([z.string(), z.number()], { error: orRequired(AMOUNT_EXPECTED) }), z.bigint(), {
    decode(input, context) {
      try {
        return parseRupees(input, options)
      } catch (error) {
        if (!isDomainError(error)) throw error
        const reason = error.facts['reason']
        const message = typeof reason === 'string' ? reason : AMOUNT_EXPECTED
        context.issues.push({ code: 'custom', message, input })
        return z.NEVER
      }
    },
    encode: (amount: Paise) => formatRupees(amount),
  })
}

/** An amount of money: a decimal string in rupees on the wire (a JSON number is taken too), integer paise inside. Not negative. */
export const rupees = rupeesCodec({ allowNegative: false }).meta(
  onTheWire({
    type: 'string',
    pattern: '^\\d{1,13}\\.\\d{2}$',
    description: 'Rupees with two decimals. A JSON number with at most two decimals is accepted as well.',
    examples: ['5000.00', '0.50'],
  }),
)

/** A change of an amount: like `rupees`, but may be negative. */
export const signedRupees = rupeesCodec({ allowNegative: true }).meta(
  onTheWire({
    type: 'string',
    pattern: '^-?\\d{1,13}\\.\\d{2}$',
    description: 'Rupees with two decimals, with a minus sign when money leaves.',
    examples: ['500.00', '-100.00'],
  }),
)

const MAX_ID = 2_147_483_647

/** A whole number as text: no sign, no spaces, ASCII digits, at most 15. */
const digits = (message: string) =>
  z.string({ error: orRequired(message) }).regex(/^\d{1,15}$/, { error: message, abort: true })

/** An id in a path or query: digits on the wire, a number inside. */
export const entityId = digits('Must be a whole number.')
  .transform(Number)
  .pipe(z.int().min(1).max(MAX_ID, { error: 'There is no such id.' }))
  .meta(onTheWire({ type: 'integer', minimum: 1, maximum: MAX_ID }))

/** An id in a JSON body or answer. */
export const idNumber = z
  .int({ error: orRequired('Must be a whole number.') })
  .min(1)
  .max(MAX_ID)

/** An instant: ISO 8601 in UTC with `Z` on the wire, a `Date` inside. */
export const instant = z
  .codec(z.iso.datetime({ error: orRequired('Must be an instant in UTC, like 2026-04-01T06:30:00Z.') }), z.date(), {
    decode: (text) => new Date(text),
    encode: (date) => date.toISOString(),
  })
  .meta(onTheWire({ type: 'string', format: 'date-time', examples: ['2026-04-01T06:30:00.000Z'] }))

/** A day of the calendar, `YYYY-MM-DD`, that exists. */
export const calendarDate = z.iso.date({ error: orRequired('Must be a date, like 2026-04-01.') })

/** A month, `YYYY-MM`. */
export const calendarMonth = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, { error: 'Must be a month, like 2026-04.' })

/** A line of text without control characters, spaces at its ends removed, 1 to `max` characters. */
export const textLine = (max: number) =>
  z
    .string({ error: orRequired('Must be a text.') })
    .trim()
    .min(1, { error: 'Must not be empty.' })
    .max(max, { error: `Must have at most ${max} characters.` })
    .regex(/^\P{Cc}*$/u, { error: 'Must not contain control characters.' })

/** `true` or `false` (also `1`, `0`, `yes`, `no`) in a query. */
export const queryFlag = z
  .stringbool({ error: orRequired('Must be true or false.') })
  .meta(onTheWire({ type: 'boolean' }))

const mostIds = 100

/** Ids in a query, with commas between: `3,17`, at most a hundred. */
export const queryIds = z
  .string()
  .regex(new RegExp(`^\\d{1,9}(,\\d{1,9}){0,${mostIds - 1}}$`), {
    error: orRequired(`Must be at most ${mostIds} ids with commas between.`),
  })
  .transform((text) => text.split(',').map(Number))
  .meta(onTheWire({ type: 'string', pattern: '^\\d{1,9}(,\\d{1,9})*$' }))

/** `?format=csv` asks for a file instead of JSON. */
export const formatQuery = z
  .enum(['json', 'csv'])
  .prefault('json')
  .meta(onTheWire({ type: 'string', enum: ['json', 'csv'], default: 'json' }))

/** A flag in a body that may come as a form: `true` or `false` in JSON, or the text of it. */
export const formFlag = z
  .union([z.boolean(), z.stringbool()], { error: orRequired('Must be true or false.') })
  .meta(onTheWire({ type: 'boolean' }))

/** A whole number from `min` to `max` in a body that may come as a form: a number in JSON, or its digits. */
export const formInt = ({ min, max }: { min: number; max: number }) =>
  z
    .union(
      [
        z.int(),
        z
          .string()
          .regex(/^-?\d{1,9}$/)
          .transform(Number),
      ],
      { error: orRequired('Must be a whole number.') },
    )
    .pipe(z.int().min(min).max(max))
    .meta(onTheWire({ type: 'integer', minimum: min, maximum: max }))

/** An id in a body that may come as a form. */
export const formId = z
  .union([idNumber, entityId], { error: orRequired('Must be a whole number.') })
  .meta(onTheWire({ type: 'integer', minimum: 1, maximum: MAX_ID }))

export const MAX_PAGE_SIZE = 100

const pageNumber = digits('Must be a whole number from 1.')
  .transform(Number)
  .pipe(z.int().min(1, { error: 'Must be a whole number from 1.' }))

/** The query of a list. More than 100 a page is answered with 100. */
export const pageQuery = z.object({
  page: pageNumber.prefault('1').meta(onTheWire({ type: 'integer', minimum: 1, default: 1 })),
  page_size: pageNumber
    .transform((size) => Math.min(size, MAX_PAGE_SIZE))
    .prefault('20')
    .meta(onTheWire({ type: 'integer', minimum: 1, maximum: MAX_PAGE_SIZE, default: 20 })),
})

/** The query of a long ledger: with `cursor` (empty for the beginning) the answer is a cursor page. */
export const cursorQuery = pageQuery.extend({
  cursor: z.string().max(500).optional().meta({ description: 'From `next_cursor`; empty for the beginning.' }),
})

/**
 * The `ordering` of a list: one of the listed fields, descending with a minus. Gives `{field, direction}`; any other text is refused.
 */
export function orderingQuery<const Field extends string>({
  fields,
  initial,
}: {
  fields: readonly Field[]
  initial: Field | `-${Field}`
}) {
  const choices = fields.flatMap((field) => [field, `-${field}` as const])
  return z
    .enum(choices as [Field | `-${Field}`, ...(Field | `-${Field}`)[]], {
      error: `Must be one of ${choices.join(', ')}.`,
    })
    .prefault(initial as never)
    .transform((choice) => ({
      field: (choice.startsWith('-') ? choice.slice(1) : choice) as Field,
      direction: choice.startsWith('-') ? ('desc' as const) : ('asc' as const),
    }))
    .meta(onTheWire({ type: 'string', enum: choices, default: initial }))
}
