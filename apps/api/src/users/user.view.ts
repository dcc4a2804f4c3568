import type { users } from '@ev/db'
import { z } from 'zod'
import { idNumber, instant, roles } from '../http/index.ts'

/** A member as the member and staff see them. */
export const userView = z
  .object({
    id: idNumber,
    username: z.string(),
    email: z.string().nullable(),
    mobile: z.string().nullable(),
    first_name: z.string(),
    last_name: z.string(),
    gender: z.string().nullable(),
    date_of_birth: z.string().nullable(),
    address_line1: z.string(),
    address_line2: z.string(),
    city: z.string(),
    state: z.string(),
    pincode: z.string(),
    country: z.string(),
    role: z.enum(roles),
    is_distributor: z.boolean(),
    is_active_buyer: z.boolean(),
    referral_code: z.string(),
    date_joined: instant,
    last_login: instant.nullable(),
  })
  .meta({ id: 'User' })

export function toUserView(user: users.User): z.output<typeof userView> {
  return {
    id: user.id,
    username: user.username,
    email: user.email,
    mobile: user.mobile,
    first_name: user.firstName,
    last_name: user.lastName,
    gender: user.gender,
    date_of_birth: user.dateOfBirth,
    address_line1: user.addressLine1,
    address_line2: user.addressLine2,
    city: user.city,
    state: user.state,
    pincode: user.pincode,
    country: user.country,
    role: user.role,
    is_distributor: user.isDistributor,
    is_active_buyer: user.isActiveBuyer,
    referral_code: user.referralCode,
    date_joined: user.dateJoined,
    last_login: user.lastLogin,
  }
}

/** An account as those see it who manage accounts. `referred_by` is the id of the referrer. */
export const accountView = userView.extend({
  is_active: z.boolean(),
  is_superuser: z.boolean(),
  referred_by: idNumber.nullable(),
  erasure_requested_at: instant.nullable(),
  erased_at: instant.nullable(),
})

export function toAccountView(user: users.User): z.output<typeof accountView> {
  const { isActive, isSuperuser, referredById, erasureRequestedAt, erasedAt } = user
  return {
    ...toUserView(user),
    is_active: isActive,
    is_superuser: isSuperuser,
    referred_by: referredById,
    erasure_requested_at: erasureRequestedAt,
    erased_at: erasedAt,
  }
}

/** A member's own profile. `referred_by` is the id of the referrer; `kyc_status` is null before the first submission. */
export const profileView = userView.extend({
  is_superuser: z.boolean(),
  referred_by: idNumber.nullable(),
  kyc_status: z.enum(['pending', 'approved', 'rejected']).nullable(),
  nominee_exists: z.boolean(),
  erasure_requested_at: instant.nullable(),
})

export function toProfileView(
  user: users.User,
  papers: Awaited<ReturnType<typeof users.papers>>,
): z.output<typeof profileView> {
  return {
    ...toUserView(user),
    is_superuser: user.isSuperuser,
    referred_by: user.referredById,
    kyc_status: papers.kycStatus,
    nominee_exists: papers.hasNominee,
    erasure_requested_at: user.erasureRequestedAt,
  }
}
