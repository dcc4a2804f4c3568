import type { Paise } from '@ev/domain'

export type TransferOrder = {
  /** The same for every attempt at one payout: the bank makes one transfer of it, however often it is asked. */
  readonly reference: string
  readonly amount: Paise
  readonly accountNumber: string
  readonly ifscCode: string
  readonly accountHolderName: string
}

export type TransferResult =
  | { readonly state: 'processed'; readonly bankReference: string }
  | { readonly state: 'refused'; readonly reason: string }

/** The way to the outside bank. Answers a final state, or throws when the bank cannot be asked now; the caller asks again. */
export type Bank = { transfer(order: TransferOrder): Promise<TransferResult> }

/** Accounts of nothing but zeros are refused, so that a failed payout can be seen without a real bank. */
const refusedAccount = /^0+$/

/** A bank for development: transfers at once, gives one order one reference for ever, and moves no money. */
export const sandboxBank: Bank = {
  async transfer({ reference, accountNumber }) {
    if (refusedAccount.test(accountNumber)) return { state: 'refused', reason: 'The account does not exist.' }
    return { state: 'processed', bankReference: `SANDBOX-${reference.toUpperCase().replaceAll(/[^A-Z0-9]/g, '-')}` }
  },
}
