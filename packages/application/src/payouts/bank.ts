import type { Paise } from '@ev/domain'

export type TransferOrder = {
  /** The same for every attempt at one payout: the bank makes one transfer of it, however often it is asked. */
  readonly reference: string
  readonly amount: Paise
  readonly accountNumber: string
  readonly ifscCode: string
  readonly accountHolderName: string
}

/** How far a transfer is. `underway` is looked up again by `transferId`, the bank's own name for it; the others are final. */
export type TransferResult =
  | { readonly state: 'processed'; readonly bankReference: string }
  | { readonly state: 'refused'; readonly reason: string }
  | { readonly state: 'underway'; readonly transferId: string }

/** What a bank says by itself about a transfer. */
export type BankEvent = {
  readonly id: string
  readonly type: string
  /** The bank's own name for the transfer. */
  readonly transferId: string
  /** The order's reference. */
  readonly reference: string
  readonly amount: Paise
  readonly result: TransferResult
  /** Money that was on its way or had arrived came back. */
  readonly isReversal: boolean
}

/**
 * The way to the outside bank. `transfer` and `lookUp` throw when the bank cannot be asked now; the caller asks again. `readEvent` answers null for
 * events about other things and refuses with `payout.event_refused` what the bank did not sign.
 */
export type Bank = {
  readonly provider: 'sandbox' | 'razorpayx'
  transfer(order: TransferOrder): Promise<TransferResult>
  lookUp(transferId: string): Promise<TransferResult>
  readEvent(notice: { rawBody: Buffer; signature: string; eventId: string }): BankEvent | null
}
