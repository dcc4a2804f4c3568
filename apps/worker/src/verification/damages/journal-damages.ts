import type { Tx } from '@ev/db'
import type { Spoil } from '../../testing/spoiled.ts'
import { at, type Damages, type Members } from './damage.ts'
import { strayLines, strayRow } from './stray-rows.ts'

const anEntry = (tx: Tx) => tx.journalEntry.findFirstOrThrow({ where: { key: { startsWith: 'payment:' } } })

export const entryDamages = ({ ravi }: Members): Damages => ({
  'entry.balances': async (tx) => {
    const { id } = await anEntry(tx)
    await tx.journalLine.create({ data: { entryId: id, accountKind: 'bank', amount: 1n } })
    return `journal entry ${id}`
  },
  'entry.accounts': async (tx) => {
    const { id: entryId } = await anEntry(tx)
    const { id } = await tx.journalLine.create({ data: { entryId, accountKind: 'member_wallet', amount: 1n } })
    return `journal entry ${entryId}, line ${id}`
  },
  'entry.statement': async (tx) => {
    const { id: entryId } = await anEntry(tx)
    await tx.journalLine.create({ data: { entryId, accountKind: 'member_hold', userId: ravi, amount: 1n } })
    return `journal entry ${entryId} of member ${ravi}`
  },
  'entry.reference': async (tx) => {
    const stray = { key: 'invoice:1', referenceType: 'invoice', referenceId: 1, createdAt: at }
    const { id } = await tx.journalEntry.create({ data: stray })
    return `journal entry ${id}`
  },
  'entry.reversal': async (tx) => {
    const { id, reversesId } = await tx.journalEntry.findFirstOrThrow({ where: { reversesId: { not: null } } })
    await strayLines(tx, id)
    return `journal entry ${id}, which reverses ${reversesId}`
  },
})

export const accountDamages = ({ asha }: Members): Damages => ({
  'account.bank': async (tx) => {
    await strayLines(tx, (await anEntry(tx)).id)
    return 'account bank'
  },
  'account.commission_expense': async (tx) => {
    await strayLines(tx, (await anEntry(tx)).id, 'commission_expense')
    return 'account commission_expense'
  },
  'account.tds_payable': async (tx) => {
    await strayLines(tx, (await anEntry(tx)).id)
    return 'account tds_payable'
  },
  'account.overdrawn': async (tx) => {
    const { id: entryId } = await anEntry(tx)
    const line = { entryId, accountKind: 'member_emi_reserve', userId: asha, amount: -1_000_000_000n } as const
    const { id } = await tx.journalLine.create({ data: line })
    return `journal line ${id} of member ${asha}`
  },
})

/** Entries about records of every kind: lines and statement rows that the record does not explain. */
export function postedDamages({ asha, ravi }: Members): Damages {
  const kinds = {
    payment: { key: 'payment:', subject: (id: number) => `payment ${id}` },
    bonus: { key: 'referral:payment:', subject: (id: number) => `bonus of payment ${id}` },
    booking: { key: 'refund:booking:', subject: (id: number) => `booking ${id}` },
    refund: { key: 'refund:1', subject: (id: number) => `refund ${id}` },
    pair: { key: 'pair:', subject: (id: number) => `pair ${id}` },
    payout: { key: 'payout:', subject: (id: number) => `payout ${id}` },
    deposit: { key: 'deposit:', subject: (id: number) => `deposit ${id} of member ${ravi}` },
    adjustment: { key: 'adjustment:', subject: (id: number) => `adjustment ${id} of member ${ravi}` },
  }
  const damages: { [check: string]: Spoil } = {}
  for (const [kind, { key, subject }] of Object.entries(kinds)) {
    const entry = (tx: Tx) => tx.journalEntry.findFirstOrThrow({ where: { key: { startsWith: key } } })
    damages[`${kind}.lines`] = async (tx) => {
      const { id, referenceId } = await entry(tx)
      await strayLines(tx, id)
      return `${subject(referenceId)}, entry ${id}`
    }
    damages[`${kind}.statement`] = async (tx) => {
      const { id, referenceId } = await entry(tx)
      await strayRow(tx, { userId: asha, entryId: id })
      return `${subject(referenceId)}, entry ${id}`
    }
  }
  return damages
}
