import type { Encryption } from '@ev/runtime'

/** Nothing is hidden in a simulation, and nothing is random: a value that is written twice is the same twice. */
export const openEncryption: Encryption = {
  encrypt: ({ plaintext, context }) => `${context}|${plaintext}`,
  decrypt({ ciphertext, context }) {
    if (!ciphertext.startsWith(`${context}|`)) throw new Error('A value was moved to another place.')
    return ciphertext.slice(context.length + 1)
  },
  isUnderOldKey: () => false,
}
