import type { OpeningBalance } from './generated/sqlite/client.ts'
import type {
  BookingCreateManyInput,
  ComplianceDocumentCreateManyInput,
  HoldCreateManyInput,
  InstalmentCreateManyInput,
  KycCreateManyInput,
  LegacyRowCreateManyInput,
  NomineeCreateManyInput,
  NotificationCreateManyInput,
  OpeningBalanceCreateManyInput,
  PairCreateManyInput,
  PaymentCreateManyInput,
  PayoutCreateManyInput,
  PayoutTransactionCreateManyInput,
  PlacementCreateManyInput,
  RefundCreateManyInput,
  TdsRecordCreateManyInput,
  UserCreateManyInput,
  VehicleCreateManyInput,
  VehicleImageCreateManyInput,
  WalletCreateManyInput,
} from './generated/sqlite/models.ts'
import * as settings from './settings.ts'
import type { Reader, Tx } from './tx.ts'

export type OpeningBalanceRow = OpeningBalance

/** The setting that says what was taken over from the replaced platform, and how far an import has come. */
export const takeOverSetting = 'legacy.take_over'

/**
 * Up to which ids rows came from the replaced platform; 0 where none did. What this platform's rules would have made of them (bonuses,
 * holds, level order) was decided there, by other rules.
 */
export type TakenOver = {
  readonly lastMemberId: number
  readonly lastBookingId: number
  readonly lastPaymentId: number
  readonly lastPairId: number
  readonly lastPayoutId: number
  readonly lastPlacementSeq: number
}

const nothing: TakenOver = {
  lastMemberId: 0,
  lastBookingId: 0,
  lastPaymentId: 0,
  lastPairId: 0,
  lastPayoutId: 0,
  lastPlacementSeq: 0,
}

export async function takenOver(reader: Reader | Tx): Promise<TakenOver> {
  const row = await settings.find(reader, takeOverSetting)
  const stored = row === null ? null : (row.value as { takenOver?: TakenOver })
  return stored?.takenOver ?? nothing
}

/** What each member brought along, by user id. */
export async function openingBalances(reader: Reader): Promise<Map<number, OpeningBalanceRow>> {
  return new Map((await reader.openingBalance.findMany()).map((row) => [row.userId, row]))
}

/** The rows of a take-over, by what they are. Ids are given, so that references from outside stay valid. */
export type NewRows = {
  users: UserCreateManyInput
  kyc: KycCreateManyInput
  nominees: NomineeCreateManyInput
  vehicles: VehicleCreateManyInput
  vehicleImages: VehicleImageCreateManyInput
  bookings: BookingCreateManyInput
  instalments: InstalmentCreateManyInput
  payments: PaymentCreateManyInput
  refunds: RefundCreateManyInput
  payouts: PayoutCreateManyInput
  payoutTransactions: PayoutTransactionCreateManyInput
  holds: HoldCreateManyInput
  wallets: WalletCreateManyInput
  openingBalances: OpeningBalanceCreateManyInput
  tdsRecords: TdsRecordCreateManyInput
  placements: PlacementCreateManyInput
  pairs: PairCreateManyInput
  notifications: NotificationCreateManyInput
  documents: ComplianceDocumentCreateManyInput
  legacyRows: LegacyRowCreateManyInput
}

type Inserters = { readonly [Table in keyof NewRows]: (tx: Tx, data: NewRows[Table][]) => Promise<unknown> }

const inserters: Inserters = {
  users: (tx, data) => tx.user.createMany({ data }),
  kyc: (tx, data) => tx.kyc.createMany({ data }),
  nominees: (tx, data) => tx.nominee.createMany({ data }),
  vehicles: (tx, data) => tx.vehicle.createMany({ data }),
  vehicleImages: (tx, data) => tx.vehicleImage.createMany({ data }),
  bookings: (tx, data) => tx.booking.createMany({ data }),
  instalments: (tx, data) => tx.instalment.createMany({ data }),
  payments: (tx, data) => tx.payment.createMany({ data }),
  refunds: (tx, data) => tx.refund.createMany({ data }),
  payouts: (tx, data) => tx.payout.createMany({ data }),
  payoutTransactions: (tx, data) => tx.payoutTransaction.createMany({ data }),
  holds: (tx, data) => tx.hold.createMany({ data }),
  wallets: (tx, data) => tx.wallet.createMany({ data }),
  openingBalances: (tx, data) => tx.openingBalance.createMany({ data }),
  tdsRecords: (tx, data) => tx.tdsRecord.createMany({ data }),
  placements: (tx, data) => tx.placement.createMany({ data }),
  pairs: (tx, data) => tx.pair.createMany({ data }),
  notifications: (tx, data) => tx.notification.createMany({ data }),
  documents: (tx, data) => tx.complianceDocument.createMany({ data }),
  legacyRows: (tx, data) => tx.legacyRow.createMany({ data }),
}

export async function insert<Table extends keyof NewRows>(
  tx: Tx,
  table: Table,
  rows: readonly NewRows[Table][],
): Promise<void> {
  if (rows.length > 0) await inserters[table](tx, [...rows])
}

/** Whether anybody has an account here. */
export async function hasMembers(reader: Reader | Tx): Promise<boolean> {
  return (await reader.user.findFirst({ select: { id: true } })) !== null
}
