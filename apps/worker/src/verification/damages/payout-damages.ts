import { type Spoil, unchecked } from '../../testing/spoiled.ts'
import { at, type Damages, type Members } from './damage.ts'

export const payoutDamages: Damages = {
  'payout.entries': async (tx) => {
    const { id } = await tx.payout.findFirstOrThrow({ where: { status: 'pending' } })
    const stray = { key: `payout:${id}:release`, referenceType: 'payout', referenceId: id, createdAt: at }
    await tx.journalEntry.create({ data: stray })
    return `payout ${id}`
  },
  'payout.amounts': async (tx) => {
    const { id } = await tx.payout.findFirstOrThrow({ where: { status: 'completed' } })
    await unchecked(tx, () => tx.payout.update({ where: { id }, data: { netAmount: { increment: 1n } } }))
    return `payout ${id}`
  },
  'payout.emi': async (tx) => {
    const { id } = await tx.payout.findFirstOrThrow({ where: { status: 'completed', emiAutoFilled: false } })
    await tx.payout.update({ where: { id }, data: { emiAmount: 1n, transferAmount: { decrement: 1n } } })
    return `payout ${id}`
  },
  'payout.hold': async (tx) => {
    const { id, payoutId } = await tx.hold.findFirstOrThrow({ where: { status: 'captured' } })
    await tx.hold.update({ where: { id }, data: { status: 'active', closedAt: null } })
    return `payout ${payoutId}`
  },
  'payout.parts': async (tx) => {
    const { id, payoutId } = await tx.payoutTransaction.findFirstOrThrow()
    await tx.payoutTransaction.update({ where: { id }, data: { amount: { increment: 1n } } })
    return `payout ${payoutId}`
  },
  'payout.dates': async (tx) => {
    const { id } = await tx.payout.findFirstOrThrow({ where: { status: 'completed' } })
    await tx.payout.update({ where: { id }, data: { bankReference: null } })
    return `payout ${id}`
  },
  'payout.tds': async (tx) => {
    const { id } = await tx.payout.findFirstOrThrow({ where: { status: 'completed' } })
    const less = { netAmount: { decrement: 1n }, transferAmount: { decrement: 1n } }
    await tx.payout.update({ where: { id }, data: { tdsAmount: { increment: 1n }, ...less } })
    return `payout ${id}`
  },
  'batch.payouts': async (tx) => {
    const { id } = await tx.payoutBatch.findFirstOrThrow()
    await tx.payoutBatch.update({ where: { id }, data: { payoutCount: { increment: 1 } } })
    return `payout batch ${id}`
  },
  'batch.total': async (tx) => {
    const { id } = await tx.payoutBatch.findFirstOrThrow()
    await tx.payoutBatch.update({ where: { id }, data: { totalAmount: { increment: 1n } } })
    return `payout batch ${id}`
  },
}

export function taxDamages({ asha }: Members): Damages {
  const raised =
    (column: 'totalPayout' | 'tdsDeducted' | 'q1Tds' | 'q1Payout'): Spoil =>
    async (tx) => {
      const { id } = await tx.tdsRecord.findFirstOrThrow({ where: { userId: asha } })
      await tx.tdsRecord.update({ where: { id }, data: { [column]: { increment: 1n } } })
      return `tax record ${id} of member ${asha} for 2026-27`
    }
  return {
    'tax.total_payout': raised('totalPayout'),
    'tax.deducted': raised('tdsDeducted'),
    'tax.quarters': raised('q1Tds'),
    'tax.quarter_payouts': raised('q1Payout'),
    'tax.record': async (tx) => {
      await tx.tdsRecord.deleteMany({ where: { userId: asha } })
      return `tax of member ${asha} for 2026-27`
    },
  }
}
