import { expect, test } from 'vitest'
import { changeRole, deactivate, type ManagedAccount } from './account-rules.ts'

const admin = { userId: 1, isSuperuser: false }
const superuser = { userId: 2, isSuperuser: true }
const account = (changes: Partial<ManagedAccount> = {}): ManagedAccount => ({
  id: 9,
  role: 'user',
  isSuperuser: false,
  isActive: true,
  ...changes,
})
const anAdmin = account({ role: 'admin' })
const aSuperuser = account({ role: 'admin', isSuperuser: true })

test('an admin closes the accounts of members and staff, a superuser those of admins as well', () => {
  for (const role of ['user', 'staff'] as const) {
    expect(deactivate(admin, account({ role }), { otherSuperusers: 1 })).toEqual({ isActive: false })
  }
  expect(deactivate(superuser, anAdmin, { otherSuperusers: 1 })).toEqual({ isActive: false })
  expect(() => deactivate(admin, anAdmin, { otherSuperusers: 1 })).toThrow('auth.forbidden')
})

test('nobody closes their own account, nor that of the last superuser', () => {
  expect(() => deactivate(admin, account({ id: 1 }), { otherSuperusers: 1 })).toThrow('user.own_account')
  expect(() => deactivate(superuser, aSuperuser, { otherSuperusers: 0 })).toThrow('user.last_superuser')
  expect(deactivate(superuser, aSuperuser, { otherSuperusers: 1 })).toEqual({ isActive: false })
})

test('only a superuser makes and unmakes admins', () => {
  expect(changeRole(admin, account(), { role: 'staff', otherSuperusers: 1 }).role).toBe('staff')
  expect(() => changeRole(admin, account(), { role: 'admin', otherSuperusers: 1 })).toThrow('auth.forbidden')
  expect(() => changeRole(admin, anAdmin, { role: 'user', otherSuperusers: 1 })).toThrow('auth.forbidden')
  expect(changeRole(superuser, account(), { role: 'admin', otherSuperusers: 0 })).toEqual({
    role: 'admin',
    isSuperuser: false,
  })
})

test('a superuser who becomes something else is none any more, unless it is the last', () => {
  expect(changeRole(superuser, aSuperuser, { role: 'staff', otherSuperusers: 1 }).isSuperuser).toBe(false)
  expect(changeRole(superuser, aSuperuser, { role: 'admin', otherSuperusers: 0 }).isSuperuser).toBe(true)
  expect(() => changeRole(superuser, aSuperuser, { role: 'user', otherSuperusers: 0 })).toThrow('user.last_superuser')
  expect(() => changeRole(superuser, account({ id: 2 }), { role: 'staff', otherSuperusers: 1 })).toThrow('own_account')
})
