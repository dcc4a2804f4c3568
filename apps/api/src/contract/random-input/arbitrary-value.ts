import fc from 'fast-check'
import { exampleOf } from '../../http/documentation/example-of.ts'
import { type JsonSchema, kindOf, type NamedSchemas, resolved } from '../../http/documentation/json-schema.ts'

/** Values that have broken careless servers, whatever was asked for. */
const hostile: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  0.001,
  -0.5,
  2 ** 53,
  1e21,
  '',
  ' ',
  ' 5 ',
  'NaN',
  'Infinity',
  '1e309',
  '0x10',
  '1,000',
  '١٢٣',
  '9223372036854775808',
  '\u0000',
  'a\r\nSet-Cookie: x=1',
  '\u202e\ufeff😀',
  '\ud800',
  'x'.repeat(5_000),
  "' OR 1=1 --",
  '%_\\',
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '=1+1',
  [],
  {},
  [[[]]],
  { $gt: 0 },
  { constructor: { prototype: { isAdmin: true } } },
]

/** Field names that no client may set. */
const forbiddenFields = ['role', 'status', 'is_superuser', 'user', 'balance', 'created_at', 'id', 'plan_version']

/** Values for `schema`: half of them wholly fitting, so that requests get past the door, half with a hostile part now and then. */
export function arbitraryValue(schema: JsonSchema, named: NamedSchemas, name = ''): fc.Arbitrary<unknown> {
  return fc.oneof(spoilt(schema, { named, isSpoilt: false }, name), spoilt(schema, { named, isSpoilt: true }, name))
}

type Making = { readonly named: NamedSchemas; readonly isSpoilt: boolean }

function spoilt(schema: JsonSchema, making: Making, name: string): fc.Arbitrary<unknown> {
  if (!making.isSpoilt) return fitting(schema, making, name)
  return fc.oneof(
    { weight: 9, arbitrary: fitting(schema, making, name) },
    { weight: 1, arbitrary: fc.constantFrom(...hostile) },
  )
}

function fitting(schema: JsonSchema, making: Making, name: string): fc.Arbitrary<unknown> {
  const { named, isSpoilt } = making
  const whole = resolved(schema, named)
  const example = fc.constant(exampleOf(whole, named, name))
  if (whole.const !== undefined) return fc.constant(whole.const)
  if (whole.enum) return fc.constantFrom(...whole.enum)
  const choice = whole.anyOf ?? whole.oneOf
  if (choice) return fc.oneof(...choice.map((each) => fitting(each, making, name)))
  switch (kindOf(whole)) {
    case 'object':
      return arbitraryObject(whole, making)
    case 'array':
      return fc.array(spoilt(whole.items ?? {}, making, name), { maxLength: 3 })
    case 'string':
      return fc.oneof({ weight: isSpoilt ? 4 : 12, arbitrary: example }, { weight: 1, arbitrary: arbitraryText(whole) })
    case 'integer':
      return fc.oneof(example, arbitraryInteger(whole))
    case 'number':
      return fc.oneof(example, fc.double({ noNaN: true }))
    case 'boolean':
      return fc.boolean()
    default:
      return fc.constant(null)
  }
}

/** Small numbers are ids that exist and amounts that fit; the bounds are where mistakes live. */
function arbitraryInteger({ minimum = 0, maximum = 2_147_483_647 }: JsonSchema): fc.Arbitrary<number> {
  const top = Math.max(minimum, Math.min(maximum, minimum + 30))
  return fc.oneof(fc.integer({ min: minimum, max: top }), fc.constantFrom(minimum, maximum, maximum + 1))
}

const amounts = ['0.01', '1.00', '99.99', '500.00', '1000.00', '5000.00', '95000.00', '9999999999.99', '0.00']

function arbitraryText({ format, pattern = '', maxLength = 60 }: JsonSchema): fc.Arbitrary<string> {
  if (format === 'date') return fc.constantFrom('2026-11-25', '2026-02-29', '1900-01-01', '9999-12-31', '2027-01-31')
  if (format === 'date-time') return fc.constantFrom('2026-11-25T06:30:00Z', '0001-01-01T00:00:00Z', '2026-11-25')
  if (pattern.includes('\\.\\d{2}')) return fc.constantFrom(...amounts, ...amounts.map((amount) => `-${amount}`))
  return fc.string({ unit: 'binary', maxLength: Math.min(maxLength + 1, 300) })
}

function arbitraryObject(schema: JsonSchema, making: Making): fc.Arbitrary<unknown> {
  const required = new Set(schema.required)
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const value = spoilt(field, making, name)
    const often = required.has(name) ? 80 : 1
    const absent = fc.constant([] as const)
    const present = value.map((each) => [[name, each]] as const)
    return fc.oneof({ weight: often, arbitrary: present }, { weight: 2, arbitrary: absent })
  })
  const more = fc.oneof(
    { weight: 9, arbitrary: fc.constant([] as const) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...forbiddenFields).map((name) => [[name, 'admin']] as const),
    },
  )
  return fc.tuple(...fields, more).map((parts) => Object.fromEntries(parts.flat()))
}
