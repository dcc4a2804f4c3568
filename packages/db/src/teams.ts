import type { LineageRecord, MemberSearch } from '@ev/domain'
import type { Reader } from './client.ts'
import { beginsWith } from './list-filters.ts'

const rowsAPage = 10_000

/** The positions that were taken after the placement `after`, in order of sequence, page by page. */
export async function* positionsAfter(reader: Reader, after: number): AsyncGenerator<LineageRecord[]> {
  let last = after
  for (;;) {
    const rows = await reader.placement.findMany({
      where: { seq: { gt: last } },
      select: { seq: true, parentSeq: true, side: true },
      orderBy: { seq: 'asc' },
      take: rowsAPage,
    })
    if (rows.length > 0) yield rows.map(({ seq, parentSeq: parent, side }) => ({ seq, parent, side }))
    if (rows.length < rowsAPage) return
    last = rows.at(-1)!.seq
  }
}

/** The placement number of a member, or null when the member has no place. */
export async function seqOf(reader: Reader, userId: number): Promise<number | null> {
  const row = await reader.placement.findUnique({ where: { userId }, select: { seq: true } })
  return row?.seq ?? null
}

const member = {
  id: true,
  username: true,
  firstName: true,
  lastName: true,
  referralCode: true,
  email: true,
  mobile: true,
  isActiveBuyer: true,
} as const

const withMember = { user: { select: member }, sponsor: { select: { userId: true } } } as const

/** A member at a place of the tree, as whoever looks at a team or an upline is shown it. */
export type TeamMember = Awaited<ReturnType<typeof findBySeq>>[number]

/** The members at these places, in the order that was asked for; unknown ones are left out. */
export async function findBySeq(reader: Reader, seqs: readonly number[]) {
  const rows = await reader.placement.findMany({ where: { seq: { in: [...seqs] } }, include: withMember })
  const bySeq = new Map(rows.map((row) => [row.seq, row]))
  return seqs.flatMap((seq) => bySeq.get(seq) ?? [])
}

/** Those of these places whose member the search finds. */
export async function searchAmong(
  reader: Reader,
  search: MemberSearch,
  seqs: readonly number[],
): Promise<TeamMember[]> {
  const rows = await reader.placement.findMany({
    where: { seq: { in: [...seqs] }, user: { OR: beginnings(search) } },
    include: withMember,
    orderBy: { seq: 'asc' },
  })
  return rows.filter(({ user }) => search.isMatch(user))
}

/**
 * Members of the whole tree whom the search may find, by the index of each field in turn, at most `limit` of each. `isComplete` is false when
 * there were more. The candidates' places only: the caller leaves out those that are not to be seen before reading anything of them.
 */
export async function searchCandidates(
  reader: Reader,
  search: MemberSearch,
  { limit }: { limit: number },
): Promise<{ seqs: number[]; isComplete: boolean }> {
  const found = await Promise.all(
    beginnings(search).map((where) =>
      reader.user.findMany({
        where,
        select: { placement: { select: { seq: true } } },
        orderBy: [
          ...(Object.keys(where) as (keyof typeof where)[]).map((field) => ({ [field]: 'asc' as const })),
          { id: 'asc' },
        ],
        take: limit,
      }),
    ),
  )
  const seqs = found.flat().flatMap(({ placement }) => placement?.seq ?? [])
  return { seqs: [...new Set(seqs)], isComplete: found.every((rows) => rows.length < limit) }
}

/** One condition for each field that the search looks at. Wildcards in it only find too much, which the search's own test leaves out. */
function beginnings({ name, code, email, mobile }: MemberSearch) {
  return [
    { firstName: { startsWith: name } },
    { lastName: { startsWith: name } },
    ...(code === null ? [] : [{ referralCode: beginsWith(code) }]),
    ...(email === null ? [] : [{ email: beginsWith(email) }]),
    ...(mobile === null ? [] : [{ mobile: beginsWith(mobile) }]),
  ]
}
