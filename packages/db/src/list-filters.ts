/** Whose rows a list may show: `ownedBy` is what the caller may see (null for everyone's), `userId` what was asked for within it. */
export type OwnerFilter = { readonly ownedBy: number | null; readonly userId?: number | undefined }

/** Both conditions hold, so asking for someone else's rows gives none. */
export function ownerWhere({ ownedBy, userId }: OwnerFilter): { AND: { userId: number }[] } {
  const wanted = [ownedBy ?? undefined, userId].filter((id) => id !== undefined)
  return { AND: wanted.map((id) => ({ userId: id })) }
}

/** Bounds of `created_at`, both included. */
export type CreatedFilter = { readonly createdAfter?: Date | undefined; readonly createdBefore?: Date | undefined }

export function createdWhere({ createdAfter, createdBefore }: CreatedFilter): {
  createdAt?: { gte?: Date; lte?: Date }
} {
  if (createdAfter === undefined && createdBefore === undefined) return {}
  return { createdAt: { ...(createdAfter && { gte: createdAfter }), ...(createdBefore && { lte: createdBefore }) } }
}

/** A page by number. */
export type PageBounds = { readonly skip: number; readonly take: number }

/** A page of rows older than the id `before`, newest first; null begins with the newest. A page in the middle costs what the first does. */
export type BeforeBounds = { readonly before: number | null; readonly take: number }

export function beforeWhere({ before }: BeforeBounds): { id?: { lt: number } } {
  return before === null ? {} : { id: { lt: before } }
}
