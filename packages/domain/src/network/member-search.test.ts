import { describe, expect, test } from 'vitest'
import { memberSearch } from './member-search.ts'

const asha = {
  firstName: 'Asha Devi',
  lastName: 'Śharma',
  referralCode: 'AB12CD34',
  email: 'asha.sharma@example.com',
  mobile: '+919876543210',
}
const finds = (text: string, searcher: 'staff' | 'member' = 'member') => memberSearch(text, { searcher }).isMatch(asha)

describe('a member is found', () => {
  test.each([
    'asha',
    'ASH',
    'sharma',
    'śhar',
    'devi sh'.slice(5),
    'asha sha',
    'sha asha',
    'asha devi s',
    ' asha  devi ',
  ])('by the name %j', (text) => expect(finds(text)).toBe(true))
  test.each(['AB12', 'ab12cd34'])('by the code %j', (text) => expect(finds(text)).toBe(true))
  test.each(['asha.sharma@', 'Asha.Sharma@Example.com'])('by the e-mail %j', (text) => expect(finds(text)).toBe(true))
  test.each(['98765432', '+91 98765 43210', '09876543210', '+919876543210', '98765-43210'])(
    'by the mobile %j',
    (text) => expect(finds(text)).toBe(true),
  )
})

describe('an address is not spelled out letter by letter', () => {
  test.each(['asha.', 'asha.sharma', '9876543', '987'])('%j finds nobody for a member, but for staff', (text) => {
    expect(finds(text)).toBe(false)
    expect(finds(text, 'staff')).toBe(true)
  })
})

test.each(['%', '_sha', 'as%a', "asha' OR '1'='1", 'devi', 'asha kumar', '12', '@'])('%j finds nobody', (text) => {
  expect(finds(text)).toBe(false)
})
