// The stores, one a subject.
export * as audit from './audit.ts'
export * as bookings from './bookings.ts'
export * as catalogue from './catalogue.ts'
export { type Database, type OpenDatabaseOptions, openDatabase } from './client.ts'
export { decode, encode, fingerprintOf, sha256Hex } from './codec.ts'
export {
  type ClaimOptions,
  type DeliveryRow,
  type DeliveryStore,
  deliveryStore,
  type NewDelivery,
  type ParkedRow,
} from './deliveries.ts'
export * as documents from './documents.ts'
export * as earnings from './earnings.ts'
export * as encryptedValues from './encrypted-values.ts'
export * as erasure from './erasure.ts'
export * as fileKeys from './file-keys.ts'
export { Prisma } from './generated/sqlite/client.ts'
export * as importedMembers from './imported-members.ts'
export * as kyc from './kyc.ts'
export { acquireLease, releaseLease } from './leases.ts'
export * as ledger from './ledger.ts'
export { type LegacyRecord, type LegacySource, withLegacySource } from './legacy-source.ts'
export { type LockableTable, lockRows } from './locks.ts'
export type { Log } from './log.ts'
export { type MigrateOptions, migrate } from './migrate/migrate.ts'
export { createDatabaseIfMissing } from './migrate/migrate-mysql.ts'
export { migrationsFolder } from './migrate/migration-files.ts'
export { MigrationRefused } from './migrate/pending-migrations.ts'
export * as network from './network/index.ts'
export * as nominees from './nominees.ts'
export * as notifications from './notifications.ts'
export {
  deleteExpiredOnceRecords,
  isRecorded,
  type OnceAnswer,
  type OnceKey,
  onceEach,
  onceInside,
  recordedKeys,
} from './once.ts'
export * as openingEntries from './opening-entries.ts'
export {
  addMessage,
  addMessages,
  countUnpublished,
  deletePublished,
  type NewMessage,
  type OutboxMessageRow,
  oldestUnpublishedAgeMs,
  outboxMessages,
  publishAgain,
  publishedMessages,
} from './outbox.ts'
export { type OutboxRow, type OutboxSource, outboxSource } from './outbox-source.ts'
export * as overviews from './overviews.ts'
export * as paymentOrders from './payment-orders.ts'
export * as payments from './payments.ts'
export * as payoutBatches from './payout-batches.ts'
export * as payouts from './payouts.ts'
export * as plans from './plans.ts'
export * as refunds from './refunds.ts'
export * as reports from './reports.ts'
export * as sessions from './sessions.ts'
export * as settings from './settings.ts'
export * as takeOver from './take-over.ts'
export * as tdsRecords from './tds-records.ts'
export * as teams from './teams.ts'
export type { TransactionOptions } from './transaction.ts'
export { isUniqueViolation } from './transient-errors.ts'
export { afterCommit, type Provider, providerOf, type Reader, type Tx } from './tx.ts'
export * as userList from './user-list.ts'
export * as users from './users.ts'
export * as vehicleImages from './vehicle-images.ts'
export * as vehicles from './vehicles.ts'
export * as bookingFigures from './verification/booking-figures.ts'
export * as earningFigures from './verification/earning-figures.ts'
export * as journalFigures from './verification/journal-figures.ts'
export * as memberFigures from './verification/member-figures.ts'
export * as networkFigures from './verification/network-figures.ts'
export * as paymentFigures from './verification/payment-figures.ts'
export * as payoutFigures from './verification/payout-figures.ts'
export { reversals, type StoredEntry, withEntries } from './verification/stored-entries.ts'
export * as walletFigures from './verification/wallet-figures.ts'
export * as walletAdjustments from './wallet-adjustments.ts'
export * as walletHistory from './wallet-history.ts'
export * as walletOrigins from './wallet-origins.ts'
export * as walletTransactions from './wallet-transactions.ts'
export * as wallets from './wallets.ts'
