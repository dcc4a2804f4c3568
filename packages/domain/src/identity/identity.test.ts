import { expect, test } from 'vitest'
import vectors from '../../vectors/domain.json' with { type: 'json' }
import { isAadhaar } from './aadhaar.ts'
import { isAccountNumber, isIfsc } from './bank-account.ts'
import { isGstin } from './gstin.ts'
import { masked } from './masked.ts'
import { isMobile, parseMobile } from './mobile.ts'
import { isPan } from './pan.ts'
import { isPincode } from './pincode.ts'
import { isTan } from './tan.ts'

const { identity } = vectors

const cases: [string, (text: string) => boolean, readonly string[], readonly string[]][] = [
  ['PAN', isPan, identity.pan_valid, [...identity.pan_invalid, 'ABCPE1234F\n', '']],
  ['Aadhaar', isAadhaar, identity.aadhaar_valid, [...identity.aadhaar_invalid, '2341 2341 2346', '']],
  ['IFSC', isIfsc, identity.ifsc_valid, [...identity.ifsc_invalid, '']],
  ['GSTIN', isGstin, identity.gstin_valid, ['27AAPFU0939F1ZU', '27AAPXU0939F1ZV', '27AAPFU0939F1Z', '']],
  ['TAN', isTan, ['MUMV12345B'], ['MUM123456B', 'mumv12345b', 'MUMV12345B\n', 'MUMV1234B', '']],
  ['mobile', isMobile, identity.mobile_valid, [...identity.mobile_invalid, '919876543210', '९८७६५४३२१०', '']],
  ['pincode', isPincode, ['110001', '999999'], ['010001', '11000', '1100011', '11000a']],
  [
    'account number',
    isAccountNumber,
    ['123456789', '123456789012345678'],
    ['12345678', '1234567890123456789', '12345678a'],
  ],
]

test.each(cases)('%s', (_, isValid, valid, invalid) => {
  expect(valid.filter((text) => !isValid(text))).toEqual([])
  expect(invalid.filter(isValid)).toEqual([])
})

test('a changed digit or two neighbours swapped never pass for an Aadhaar', () => {
  for (const number of identity.aadhaar_valid) {
    for (let place = 1; place < 12; place += 1) {
      for (const digit of '0123456789') {
        if (digit === number[place]) continue
        expect(isAadhaar(number.slice(0, place) + digit + number.slice(place + 1))).toBe(false)
      }
      const [a, b] = [number[place - 1]!, number[place]!]
      if (a !== b) expect(isAadhaar(number.slice(0, place - 1) + b + a + number.slice(place + 1))).toBe(false)
    }
  }
})

test('a mobile number is kept in E.164', () => {
  expect(parseMobile('9876543210')).toBe('+919876543210')
  expect(parseMobile('+919876543210')).toBe('+919876543210')
  expect(() => parseMobile('5876543210', 'identifier')).toThrow(
    expect.objectContaining({ code: 'validation.failed', field: 'identifier' }),
  )
})

test('masked numbers show their last four characters', () => {
  expect(masked('234123412346')).toBe('XXXXXXXX2346')
  expect(masked('1234')).toBe('XXXX')
  expect(masked('')).toBe('')
})
