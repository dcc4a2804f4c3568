/** What an account may do. A superuser is an admin with `isSuperuser`. */
export const roles = ['user', 'staff', 'admin'] as const
export type Role = (typeof roles)[number]

/** Who is calling, as established by an access token and its live session. */
export type Actor = {
  readonly userId: number
  readonly role: Role
  readonly isSuperuser: boolean
  readonly sessionId: number
  /** When the access token runs out; what stays open longer than a request ends then. */
  readonly tokenExpiresAt: Date
}

/** `member` is anyone who is logged in, `staff` staff and admins, `admin` admins only. */
export type Access = 'public' | 'member' | 'staff' | 'admin'

const rank = { user: 1, staff: 2, admin: 3 } as const
const needed = { public: 0, member: 1, staff: 2, admin: 3 } as const

export function mayEnter(access: Access, role: Role): boolean {
  return rank[role] >= needed[access]
}
