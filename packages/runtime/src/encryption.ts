import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { KeyedSecret } from './secrets.ts'

/**
 * Encryption of single values at rest. `context` says what the value is and whose (`kyc:42:pan`); a ciphertext moved to another
 * place does not decrypt there.
 */
export type Encryption = {
  encrypt(input: { plaintext: string; context: string }): string
  /** Throws an ordinary Error when the text was changed, belongs to another context, or its key is unknown. */
  decrypt(input: { ciphertext: string; context: string }): string
  /** True when the text was written under an older key and should be written again. */
  isUnderOldKey(ciphertext: string): boolean
}

const FORMAT = 'v1'
const IV_BYTES = 12
const TAG_BYTES = 16

/** AES-256-GCM. The first key encrypts, every key decrypts; the key's id stands in the text: `v1.<key id>.<base64url>`. */
export function createEncryption(secrets: readonly KeyedSecret[]): Encryption {
  const current = secrets[0]
  if (!current) throw new Error('Encryption needs at least one key.')
  const keys = new Map(secrets.map(({ id, secret }) => [id, deriveKey(secret)]))
  const keyOf = (id: string): Buffer => {
    const key = keys.get(id)
    if (!key) throw new Error(`A value was encrypted under the key "${id}", which is not configured.`)
    return key
  }

  return {
    encrypt({ plaintext, context }) {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', keyOf(current.id), iv)
      cipher.setAAD(Buffer.from(`${current.id}\n${context}`))
      const body = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()])
      return `${FORMAT}.${current.id}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`
    },
    decrypt({ ciphertext, context }) {
      const { keyId, bytes } = parse(ciphertext)
      const decipher = createDecipheriv('aes-256-gcm', keyOf(keyId), bytes.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES,
      })
      decipher.setAAD(Buffer.from(`${keyId}\n${context}`))
      decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
      const body = bytes.subarray(IV_BYTES + TAG_BYTES)
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
    },
    isUnderOldKey: (ciphertext) => parse(ciphertext).keyId !== current.id,
  }
}

function parse(ciphertext: string): { keyId: string; bytes: Buffer } {
  const [format, keyId, text, ...rest] = ciphertext.split('.')
  const bytes = Buffer.from(text ?? '', 'base64url')
  if (format !== FORMAT || !keyId || rest.length > 0 || bytes.length < IV_BYTES + TAG_BYTES) {
    throw new Error('A stored ciphertext does not have the expected form.')
  }
  return { keyId, bytes }
}

function deriveKey(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'encryption at rest', 32))
}
