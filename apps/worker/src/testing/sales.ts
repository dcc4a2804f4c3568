import { cancelBooking, refundPayment } from '@ev/application'
import type { QuietPlatform } from './a-platform.ts'
import { actor, stories } from './stories.ts'

/**
 * Asha and six members below her, of whom nobody has bought anything, and the sales that make and unmake their pairs. In level order the
 * 1st, 3rd and 4th of them stand in her left leg, the 2nd, 5th and 6th in her right one.
 */
export async function aSalesTeam(platform: QuietPlatform) {
  const { deps } = platform
  const story = stories(platform)
  const admin = await platform.aMember()
  const asha = (await platform.aMember()).id
  const members: number[] = []
  for (let n = 0; n < 6; n += 1) members.push((await platform.aMember(asha)).id)
  await platform.settled()
  const sales = new Map<number, { bookingId: number; paymentId: number }>()

  return {
    asha,
    /** The id of the member who is `n`th below Asha. */
    member: (n: number) => members[n - 1]!,
    async buys(n: number): Promise<void> {
      const userId = members[n - 1]!
      const { id: bookingId } = await story.aBooking(userId)
      const { value } = await story.pay(userId, bookingId, 5_000)
      sales.set(n, { bookingId, paymentId: value.id })
    },
    /** All that the member has paid is given back. */
    async isRefunded(n: number): Promise<void> {
      const { paymentId } = sales.get(n)!
      const command = {
        actor: actor(admin.id, 'admin'),
        idempotency: null,
        paymentId,
        amount: null,
        reason: 'Scratched',
      }
      await refundPayment(deps, command)
    },
    async cancels(n: number): Promise<void> {
      const { bookingId } = sales.get(n)!
      await cancelBooking(deps, { actor: actor(members[n - 1]!), idempotency: null, bookingId, reason: '' })
    },
    /** Asha's pairs by number: which of the members they are made of, their state and their month. */
    async pairs(): Promise<string[]> {
      const rows = await deps.db.read.pair.findMany({ where: { userId: asha }, orderBy: { pairNumber: 'asc' } })
      const nth = (userId: number) => members.indexOf(userId) + 1
      return rows.map(
        ({ pairNumber, leftUserId, rightUserId, status, month }) =>
          `${pairNumber}: ${nth(leftUserId)} and ${nth(rightUserId)}, ${status}, ${month}`,
      )
    },
    wallet: () => story.walletOf(asha),
    /** The types and rupees of Asha's statement rows. */
    async statement(): Promise<[string, number][]> {
      const rows = await deps.db.read.walletTransaction.findMany({ where: { userId: asha }, orderBy: { id: 'asc' } })
      return rows.map(({ transactionType, amount }) => [transactionType, Number(amount) / 100])
    },
    /** How many members of Asha's legs count, and how many of these are used. */
    async legs(): Promise<{ counted: number[]; used: number[] }> {
      const legs = await deps.db.read.legs.findFirstOrThrow({ where: { placement: { userId: asha } } })
      return {
        counted: [legs.leftQualified, legs.rightQualified],
        used: [legs.leftConsumed, legs.rightConsumed],
      }
    },
  }
}
