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

/** Refuses someone under 18 at `now` with `validation.failed` on `date_of_birth`; null is not stated. */
export function requireAdult(dateOfBirth: string | null, now: Date): void {
  if (dateOfBirth === null || (isCalendarDate(dateOfBirth) && isAdult(dateOfBirth, now))) return
  throw new DomainError('validation.failed', { reason: 'Members are 18 years old or older.' }, 'date_of_birth')
}

/** Changes one's own profile; what is left out stays. Refuses a member under 18 with `validation.failed` on `date_of_birth`. */
export async function updateProfile(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { userId, change }: { userId: number; change: ProfileChange },
): Promise<users.User> {
  const now = clock.now()
  requireAdult(change.dateOfBirth ?? null, now)
  return db.transaction((tx) => users.update(tx, userId, { ...change, updatedAt: now }))
}
