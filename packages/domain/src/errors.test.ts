import { expect, test } from 'vitest'
import { DomainError, domainErrorCodes, isDomainError } from './errors.ts'

test('no code is listed twice', () => {
  expect(new Set(domainErrorCodes).size).toBe(domainErrorCodes.length)
})

test('a refusal carries its code, facts and field; a fault is not a refusal', () => {
  const refusal = new DomainError('wallet.insufficient', { available: '5.00' }, 'amount')
  expect(refusal).toMatchObject({ code: 'wallet.insufficient', facts: { available: '5.00' }, field: 'amount' })
  expect(isDomainError(refusal)).toBe(true)
  expect(isDomainError(new Error('wallet.insufficient'))).toBe(false)
})
