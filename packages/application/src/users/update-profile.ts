import { users } from '@ev/db'
import { DomainError, isAdult, isCalendarDate } from '@ev/domain'
import type { Deps } from '../deps.ts'

export type ProfileChange = Partial<
  Pick<
    users.User,
    | 'firstName'
    | 'lastName'
    | 'gender'
    | 'dateOfBirth'
    | 'addressLine1'
    | 'addressLine2'
    | 'city'
    | 'state'
    | 'pincode'
    | 'country'
  >
>

/** Changes one's own profile; what is left out stays. Refuses a member under 18 with `validation.failed` on `date_of_birth`. */
export async function updateProfile(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { userId, change }: { userId: number; change: ProfileChange },
): Promise<users.User> {
  const now = clock.now()
  if (change.dateOfBirth != null && !(isCalendarDate(change.dateOfBirth) && isAdult(change.dateOfBirth, now))) {
    throw new DomainError('validation.failed', { reason: 'Members are 18 years old or older.' }, 'date_of_birth')
  }
  return db.transaction((tx) => users.update(tx, userId, { ...change, updatedAt: now }))
}
