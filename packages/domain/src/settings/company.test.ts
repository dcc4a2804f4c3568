import { expect, test } from 'vitest'
import vectors from '../../vectors/domain.json' with { type: 'json' }
import { changeCompany, unnamedCompany } from './company.ts'

const gstin = vectors.identity.gstin_valid[0]!
const pan = gstin.slice(2, 12)

test('a change touches what it names and nothing else', () => {
  const named = changeCompany(unnamedCompany, {
    name: 'Vayu Motors',
    gstin,
    pan,
    tan: 'MUMV12345B',
    phone: '1800 123 4567',
  })
  expect(named).toEqual({
    ...unnamedCompany,
    name: 'Vayu Motors',
    gstin,
    pan,
    tan: 'MUMV12345B',
    phone: '1800 123 4567',
  })
  expect(changeCompany(named, { gstin: null })).toEqual({ ...named, gstin: null })
})

test.each([
  ['gstin', { gstin: '27AAPFU0939F1ZU' }],
  ['tan', { tan: 'MUM123456B' }],
  ['tan', { tan: 'mumv12345b' }],
  ['pan', { pan: 'ABCXE1234F' }],
  ['gstin', { gstin, pan: 'ABCPE1234F' }],
  ['support_phone', { phone: '12345' }],
  ['support_phone', { phone: '98765432<b>' }],
])('a %s that cannot be is refused by name', (field, change) => {
  expect(() => changeCompany(unnamedCompany, change)).toThrow(
    expect.objectContaining({ code: 'validation.failed', field }),
  )
})
