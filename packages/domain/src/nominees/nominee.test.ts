import { expect, test } from 'vitest'
import { isIdProofNumber, submitNominee } from './nominee.ts'

const now = new Date('2026-11-25T20:00:00.000Z')
const member = { mobile: '+919876543210', email: 'asha@example.com', idNumberHashes: ['a', 'b'] }
const nominee = { mobile: '+919876500000', email: 'ravi@example.com', idNumberHashes: ['c'], dateOfBirth: '1990-01-01' }
const refused = (change: object, current: { status: 'pending' | 'approved' | 'rejected' } | null = null): unknown => {
  try {
    submitNominee(current, { ...nominee, ...change }, member, now)
  } catch (error) {
    return [Reflect.get(Object(error), 'code'), Reflect.get(Object(error), 'field')]
  }
  return null
}

test('another person is named, or takes the place of one who is not approved', () => {
  expect(refused({})).toBeNull()
  expect(refused({}, { status: 'pending' })).toBeNull()
  expect(refused({}, { status: 'rejected' })).toBeNull()
  expect(refused({}, { status: 'approved' })).toEqual(['nominee.read_only', undefined])
})

test('a member without contact data or numbers is like nobody', () => {
  const bare = { mobile: null, email: null, idNumberHashes: [] }
  expect(submitNominee(null, { ...bare, dateOfBirth: '1990-01-01' }, bare, now).status).toBe('pending')
})

test.each([
  [{ mobile: member.mobile }, 'mobile'],
  [{ email: member.email }, 'email'],
  [{ idNumberHashes: ['b'] }, 'id_proof_number'],
])('the member in disguise is refused: %j', (change, field) => {
  expect(refused(change)).toEqual(['nominee.is_member', field])
})

test('someone is born by today in India', () => {
  expect(refused({ dateOfBirth: '2026-11-26' })).toBeNull()
  expect(refused({ dateOfBirth: '2026-11-27' })).toEqual(['validation.failed', 'date_of_birth'])
})

test('numbers fit their document', () => {
  expect(isIdProofNumber('pan', 'ABCPE1234F')).toBe(true)
  expect(isIdProofNumber('pan', '234123412346')).toBe(false)
  expect(isIdProofNumber('aadhaar', '234123412346')).toBe(true)
  expect(isIdProofNumber('aadhaar', '234123412345')).toBe(false)
  expect(isIdProofNumber('passport', 'P1234567')).toBe(true)
  expect(isIdProofNumber('driving_license', 'MH12 20110012345')).toBe(true)
  for (const number of ['', 'abc', 'p1234567', '<script>', 'A'.repeat(21)])
    expect(isIdProofNumber('voter_id', number)).toBe(false)
})
