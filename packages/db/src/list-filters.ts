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

function isDated({ createdAfter, createdBefore }: CreatedFilter): boolean {
  return createdAfter !== undefined || createdBefore !== undefined
}

/**
 * The order of a list by age. Ids are given in the order of time, so a list is read along them; one that is chosen by its dates is
 * read along these, because the index that finds them holds them in their order.
 */
export function byAge(
  filter: CreatedFilter,
  direction: 'asc' | 'desc',
): ({ createdAt: 'asc' | 'desc' } | { id: 'asc' | 'desc' })[] {
  return isDated(filter) ? [{ createdAt: direction }, { id: direction }] : [{ id: direction }]
}

/** Text that begins with `start`, as a range of an index. Both databases compare the column exactly, so the case counts. */
export function beginsWith(start: string): { gte: string; lt: string } {
  return { gte: start, lt: `${start}\u{10ffff}` }
}

/** A page by number. */
export type PageBounds = { readonly skip: number; readonly take: number }

/** A page of rows older than the id `before`, newest first; null begins with the newest. A page in the middle costs what the first does. */
export type BeforeBounds = { readonly before: number | null; readonly take: number }

export function beforeWhere({ before }: BeforeBounds): { id?: { lt: number } } {
  return before === null ? {} : { id: { lt: before } }
}

type OlderWhere =
  | { id?: { lt: number } }
  | { createdAt: { lte: Date }; OR: [{ createdAt: { lt: Date } }, { id: { lt: number } }] }

/** The same for a list `byAge` that may be chosen by its dates; `find` reads the date of the row with the id `before`. */
export async function olderWhere(
  filter: CreatedFilter,
  page: BeforeBounds,
  find: (id: number) => Promise<{ createdAt: Date } | null>,
): Promise<OlderWhere> {
  const { before } = page
  const position = before !== null && isDated(filter) ? await find(before) : null
  if (before === null || position === null) return beforeWhere(page)
  const { createdAt } = position
  return { createdAt: { lte: createdAt }, OR: [{ createdAt: { lt: createdAt } }, { id: { lt: before } }] }
}
