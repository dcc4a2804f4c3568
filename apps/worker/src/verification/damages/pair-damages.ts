import type { Tx } from '@ev/db'
import type { Spoil } from '../../testing/spoiled.ts'
import type { Damages, Members } from './damage.ts'

export function pairDamages({ ravi }: Members): Damages {
  const earningChanged =
    (change: Parameters<Tx['earning']['update']>[0]['data']): Spoil =>
    async (tx) => {
      const { pairId } = await tx.earning.findFirstOrThrow({ where: { pair: { pairNumber: 6 } } })
      await tx.earning.update({ where: { pairId }, data: change })
      return `pair ${pairId}`
    }
  const taken: Spoil = async (tx) => {
    const { id } = await tx.pair.findFirstOrThrow({ where: { status: 'processed' } })
    await tx.pair.update({ where: { id }, data: { status: 'matched' } })
    await tx.earning.delete({ where: { pairId: id } })
    return `pair ${id}`
  }
  return {
    'pair.entries': taken,
    'pair.credited': taken,
    'pair.amounts': async (tx) => {
      const { id } = await tx.pair.findFirstOrThrow()
      await tx.pair.update({ where: { id }, data: { pairAmount: { increment: 1n } } })
      return `pair ${id}`
    },
    'pair.processed': async (tx) => {
      const { id } = await tx.pair.findFirstOrThrow({ where: { status: 'processed' } })
      await tx.pair.update({ where: { id }, data: { status: 'matched' } })
      return `pair ${id}`
    },
    'pair.reversed': async (tx) => {
      const { id, matchedAt } = await tx.pair.findFirstOrThrow({ where: { status: 'processed' } })
      const reversed = { status: 'reversed', standingLeftId: null, standingRightId: null } as const
      await tx.pair.update({ where: { id }, data: { ...reversed, reversedAt: matchedAt, reversedSide: 'left' } })
      return `pair ${id}`
    },
    'pair.earning': earningChanged({ userId: ravi }),
    'pair.number': earningChanged({ pairNumber: 99 }),
    'pair.deduction': earningChanged({ emiDeducted: { increment: 1n }, netAmount: { decrement: 1n } }),
    'pair.parts': earningChanged({ netAmount: { increment: 1n } }),
  }
}
