import { DomainError } from '@ev/domain'
import type { Bank } from './bank.ts'

/** Accounts of nothing but zeros are refused, so that a failed payout can be seen without a real bank. */
const refusedAccount = /^0+$/

/** A bank for development: transfers at once, gives one order one reference for ever, and moves no money. */
export const sandboxBank: Bank = {
  provider: 'sandbox',
  async transfer({ reference, accountNumber }) {
    if (refusedAccount.test(accountNumber)) return { state: 'refused', reason: 'The account does not exist.' }
    return { state: 'processed', bankReference: `SANDBOX-${reference.toUpperCase().replaceAll(/[^A-Z0-9]/g, '-')}` }
  },
  async lookUp(transferId) {
    throw new Error(`The sandbox finishes every transfer at once and knows none called ${transferId}.`)
  },
  readEvent() {
    throw new DomainError('payout.event_refused')
  },
}
