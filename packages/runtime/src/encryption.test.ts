import { describe, expect, test } from 'vitest'
import { createEncryption } from './encryption.ts'
import { createKeyedHash } from './keyed-hash.ts'

const oldKey = { id: 'k1', secret: 'a first secret of a decent length 123' }
const newKey = { id: 'k2', secret: 'a second secret of a decent length 456' }

describe('encryption', () => {
  const encryption = createEncryption([oldKey])
  const ciphertext = encryption.encrypt({ plaintext: 'ABCPE1234F', context: 'kyc:1:pan' })

  test('reads back what it wrote, and hides it', () => {
    expect(encryption.decrypt({ ciphertext, context: 'kyc:1:pan' })).toBe('ABCPE1234F')
    expect(ciphertext).not.toContain('ABCPE1234F')
    expect(encryption.decrypt({ ciphertext: encryption.encrypt({ plaintext: '', context: 'x' }), context: 'x' })).toBe(
      '',
    )
  })

  test('equal values are not equal in store', () => {
    expect(encryption.encrypt({ plaintext: 'ABCPE1234F', context: 'kyc:1:pan' })).not.toBe(ciphertext)
  })

  test('refuses another context and any changed character', () => {
    expect(() => encryption.decrypt({ ciphertext, context: 'kyc:2:pan' })).toThrow()
    const flipped = ciphertext.slice(0, 20) + (ciphertext[20] === 'A' ? 'B' : 'A') + ciphertext.slice(21)
    expect(() => encryption.decrypt({ ciphertext: flipped, context: 'kyc:1:pan' })).toThrow()
    expect(() => encryption.decrypt({ ciphertext: 'plain', context: 'kyc:1:pan' })).toThrow(/form/)
  })

  test('after rotation old texts are readable and known to be old', () => {
    const rotated = createEncryption([newKey, oldKey])
    expect(rotated.decrypt({ ciphertext, context: 'kyc:1:pan' })).toBe('ABCPE1234F')
    expect(rotated.isUnderOldKey(ciphertext)).toBe(true)
    expect(rotated.isUnderOldKey(rotated.encrypt({ plaintext: 'x', context: 'y' }))).toBe(false)
    expect(() => createEncryption([newKey]).decrypt({ ciphertext, context: 'kyc:1:pan' })).toThrow(/k1/)
  })
})

test('a keyed hash depends on key, context and value', () => {
  const hash = createKeyedHash('key one')
  const base = hash({ context: 'pan', value: 'ABCPE1234F' })
  expect(base).toMatch(/^[0-9a-f]{64}$/)
  expect(hash({ context: 'pan', value: 'ABCPE1234F' })).toBe(base)
  expect(hash({ context: 'otp', value: 'ABCPE1234F' })).not.toBe(base)
  expect(hash({ context: 'panA', value: 'BCPE1234F' })).not.toBe(base)
  expect(createKeyedHash('key two')({ context: 'pan', value: 'ABCPE1234F' })).not.toBe(base)
})
