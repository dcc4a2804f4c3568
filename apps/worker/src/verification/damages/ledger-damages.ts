import { bookingDamages, instalmentDamages } from './booking-damages.ts'
import type { Damages, Members } from './damage.ts'
import { accountDamages, entryDamages, postedDamages } from './journal-damages.ts'
import { pairDamages } from './pair-damages.ts'
import { paymentDamages } from './payment-damages.ts'
import { payoutDamages, taxDamages } from './payout-damages.ts'
import { adjustmentDamages, walletDamages } from './wallet-damages.ts'

/** For every check of the ledger a damage that it must find. */
export const ledgerDamages = (members: Members): Damages => ({
  ...entryDamages(members),
  ...accountDamages(members),
  ...walletDamages(members),
  ...postedDamages(members),
  ...paymentDamages(members),
  ...adjustmentDamages(members),
  ...pairDamages(members),
  ...payoutDamages,
  ...taxDamages(members),
  ...bookingDamages(members),
  ...instalmentDamages,
  'member.active_buyer': async (tx) => {
    await tx.user.update({ where: { id: members.asha }, data: { isActiveBuyer: true } })
    return `member ${members.asha}`
  },
})
