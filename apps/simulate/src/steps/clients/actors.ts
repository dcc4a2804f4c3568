/** The superuser of every run. It has no part in the business. */
export const adminId = 1
export const admin = { userId: adminId, role: 'admin', isSuperuser: true } as const
export const asMember = (userId: number) => ({ userId, role: 'user', isSuperuser: false }) as const
