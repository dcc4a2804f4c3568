import { directTable } from '../direct/table.ts'
import type {
  Earning,
  Hold,
  Instalment,
  Payout,
  PayoutTransaction,
  Placement,
  ReferralBonus,
  Refund,
  TdsRecord,
} from '../generated/sqlite/client.ts'

// The tables that the verifiers alone read from end to end; those that requests read as well stand in `direct/tables.ts`.

export const instalmentTable = directTable<Instalment>({
  id: 'int',
  bookingId: 'int',
  number: 'int',
  dueDate: 'text',
  amount: 'bigint',
  principal: 'bigint',
  interest: 'bigint',
  paidAmount: 'bigint',
  status: 'text',
  paidAt: 'instant',
})

export const refundTable = directTable<Refund>({
  id: 'int',
  paymentId: 'int',
  bookingId: 'int',
  userId: 'int',
  actorId: 'int',
  amount: 'bigint',
  reason: 'text',
  createdAt: 'instant',
})

export const referralBonusTable = directTable<ReferralBonus>({
  id: 'int',
  paymentId: 'int',
  bookingId: 'int',
  referrerId: 'int',
  journalEntryId: 'int',
  amount: 'bigint',
  reversedAmount: 'bigint',
  planVersion: 'int',
  createdAt: 'instant',
})

export const placementTable = directTable<Placement>({
  seq: 'int',
  userId: 'int',
  sponsorSeq: 'int',
  parentSeq: 'int',
  side: 'text',
  level: 'int',
  placedAt: 'instant',
  qualifiedAt: 'instant',
  isQualifiedBySale: 'flag',
})

export const earningTable = directTable<Earning>({
  id: 'int',
  userId: 'int',
  pairId: 'int',
  journalEntryId: 'int',
  pairNumber: 'int',
  amount: 'bigint',
  emiDeducted: 'bigint',
  netAmount: 'bigint',
  createdAt: 'instant',
  reversedAmount: 'bigint',
})

export const payoutTable = directTable<Payout>({
  id: 'int',
  userId: 'int',
  requestedAmount: 'bigint',
  tdsAmount: 'bigint',
  netAmount: 'bigint',
  emiAutoFilled: 'flag',
  emiAmount: 'bigint',
  transferAmount: 'bigint',
  status: 'text',
  bankName: 'text',
  accountNumberEncrypted: 'text',
  accountNumberHash: 'text',
  accountNumberLast4: 'text',
  ifscCode: 'text',
  accountHolderName: 'text',
  bankReference: 'text',
  failureReason: 'text',
  notes: 'text',
  planVersion: 'int',
  approvedById: 'int',
  batchId: 'int',
  createdAt: 'instant',
  processedAt: 'instant',
  completedAt: 'instant',
  updatedAt: 'instant',
  bankTransferId: 'text',
})

export const tdsRecordTable = directTable<TdsRecord>({
  id: 'int',
  userId: 'int',
  financialYear: 'text',
  totalPayout: 'bigint',
  tdsDeducted: 'bigint',
  q1Payout: 'bigint',
  q1Tds: 'bigint',
  q2Payout: 'bigint',
  q2Tds: 'bigint',
  q3Payout: 'bigint',
  q3Tds: 'bigint',
  q4Payout: 'bigint',
  q4Tds: 'bigint',
  certificateNumber: 'text',
  createdAt: 'instant',
  updatedAt: 'instant',
})

export const holdFacts = directTable<Pick<Hold, 'payoutId' | 'userId' | 'amount' | 'status'>>({
  payoutId: 'int',
  userId: 'int',
  amount: 'bigint',
  status: 'text',
})

export const payoutPartFacts = directTable<Pick<PayoutTransaction, 'payoutId' | 'transactionType' | 'amount'>>({
  payoutId: 'int',
  transactionType: 'text',
  amount: 'bigint',
})
