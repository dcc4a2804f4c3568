import type { CompensationPlan } from '@ev/domain'
import type { Reader, Tx } from '../tx.ts'

const membersAPage = 1_000

export type CountedOtherwise = { readonly userId: number; readonly shouldCount: boolean }

/**
 * Placed members who count for pairs in another way than the plan wants, page by page: under `placed` everybody counts for ever, under
 * `qualified_sale` Active Buyers do and, of the others, those who came to count by being placed.
 */
export async function* countedOtherwise(
  reader: Reader,
  { pairEligibility }: Pick<CompensationPlan, 'pairEligibility'>,
): AsyncGenerator<CountedOtherwise[]> {
  const isOtherwise =
    pairEligibility === 'placed'
      ? [{ qualifiedAt: null }, { isQualifiedBySale: true }]
      : [
          { qualifiedAt: null, user: { isActiveBuyer: true } },
          { isQualifiedBySale: true, user: { isActiveBuyer: false } },
        ]
  let after = 0
  for (;;) {
    const rows = await reader.placement.findMany({
      where: { seq: { gt: after }, OR: isOtherwise },
      select: { seq: true, userId: true, qualifiedAt: true },
      orderBy: { seq: 'asc' },
      take: membersAPage,
    })
    if (rows.length === 0) return
    yield rows.map(({ userId, qualifiedAt }) => ({
      userId,
      shouldCount: pairEligibility === 'placed' || qualifiedAt === null,
    }))
    after = rows.at(-1)!.seq
  }
}

/** These members count from now on, because of a sale or by being placed. */
export async function markQualified(
  tx: Tx,
  seqs: readonly number[],
  { isBySale, now }: { isBySale: boolean; now: Date },
): Promise<void> {
  if (seqs.length === 0) return
  const data = { qualifiedAt: now, isQualifiedBySale: isBySale }
  await tx.placement.updateMany({ where: { seq: { in: [...seqs] }, qualifiedAt: null }, data })
}

/** These members, who count, do so by being placed from now on, which they cannot lose. */
export async function markQualifiedForEver(tx: Tx, seqs: readonly number[]): Promise<void> {
  if (seqs.length === 0) return
  await tx.placement.updateMany({ where: { seq: { in: [...seqs] } }, data: { isQualifiedBySale: false } })
}

export async function markDisqualified(tx: Tx, seq: number): Promise<void> {
  await tx.placement.update({ where: { seq }, data: { qualifiedAt: null, isQualifiedBySale: false } })
}

/** Whether the member counts because of a sale. */
export async function isQualifiedBySale(tx: Tx, seq: number): Promise<boolean> {
  const row = await tx.placement.findUnique({ where: { seq }, select: { isQualifiedBySale: true } })
  return row?.isQualifiedBySale ?? false
}
