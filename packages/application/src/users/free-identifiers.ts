import { isUniqueViolation, type Reader, type Tx, users } from '@ev/db'
import { DomainError } from '@ev/domain'
import { asUserKey, type Identifier } from '../auth/identifier.ts'

/** Refuses with `user.identifier_taken`, naming `field` (`email` or `mobile` when absent), when an account other than `exceptId` has one of them. */
export async function requireFree(
  reader: Reader | Tx,
  identifiers: readonly Identifier[],
  { exceptId, field }: { exceptId?: number; field?: string } = {},
): Promise<void> {
  for (const identifier of identifiers) {
    const owner = await users.findByIdentifier(reader, asUserKey(identifier))
    if (owner && owner.id !== exceptId) throw new DomainError('user.identifier_taken', {}, field ?? identifier.type)
  }
}

/** Runs a write that the unique keys of addresses and numbers may stop: of two at the same time one is refused like a later one. */
export async function refusingTaken<T>(field: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (isUniqueViolation(error)) throw new DomainError('user.identifier_taken', {}, field)
    throw error
  }
}
