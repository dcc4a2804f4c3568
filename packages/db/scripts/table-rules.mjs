// The rules that a Prisma schema cannot say, as they stand in the first migrations.

/** Conditions that every row of a table meets, in SQL that both databases read alike. */
export const checks = [
  { table: 'vehicles', name: 'vehicles_price_check', condition: 'price > 0' },
  { table: 'vehicles', name: 'vehicles_stock_check', condition: 'stock_quantity IS NULL OR stock_quantity >= 0' },
  { table: 'bookings', name: 'bookings_total_paid_check', condition: 'total_paid >= 0 AND total_paid <= total_amount' },
  { table: 'instalments', name: 'instalments_paid_check', condition: 'paid_amount >= 0 AND paid_amount <= amount' },
  { table: 'payments', name: 'payments_amount_check', condition: 'amount > 0' },
  {
    table: 'payments',
    name: 'payments_refunded_check',
    condition: 'refunded_amount >= 0 AND refunded_amount <= amount',
  },
  { table: 'payment_orders', name: 'payment_orders_amount_check', condition: 'amount > 0' },
  { table: 'refunds', name: 'refunds_amount_check', condition: 'amount > 0' },
  {
    table: 'referral_bonuses',
    name: 'referral_bonuses_reversed_check',
    condition: 'reversed_amount >= 0 AND reversed_amount <= amount',
  },
  { table: 'wallets', name: 'wallets_balance_check', condition: 'balance >= 0 AND held >= 0 AND balance >= held' },
  { table: 'wallets', name: 'wallets_reserve_check', condition: 'emi_reserve >= 0 AND recoverable >= 0' },
  { table: 'wallet_transactions', name: 'wallet_transactions_amount_check', condition: 'amount <> 0' },
  {
    table: 'wallet_transactions',
    name: 'wallet_transactions_balance_check',
    condition: 'balance_after = balance_before + amount AND balance_after >= 0 AND balance_before >= 0',
  },
  { table: 'wallet_adjustments', name: 'wallet_adjustments_amount_check', condition: 'amount <> 0' },
  { table: 'journal_lines', name: 'journal_lines_amount_check', condition: 'amount <> 0' },
  { table: 'holds', name: 'holds_amount_check', condition: 'amount > 0' },
  {
    table: 'legs',
    name: 'legs_left_check',
    condition: 'left_consumed >= 0 AND left_consumed <= left_qualified AND left_qualified <= left_team',
  },
  {
    table: 'legs',
    name: 'legs_right_check',
    condition: 'right_consumed >= 0 AND right_consumed <= right_qualified AND right_qualified <= right_team',
  },
  { table: 'legs', name: 'legs_pairs_check', condition: 'pairs_matched >= 0 AND pairs_this_month >= 0' },
  {
    table: 'pairs',
    name: 'pairs_standing_check',
    condition:
      "(status = 'reversed' AND standing_left_id IS NULL AND standing_right_id IS NULL AND reversed_at IS NOT NULL AND reversed_side IS NOT NULL) OR (status <> 'reversed' AND standing_left_id IS NOT NULL AND standing_left_id = left_user_id AND standing_right_id IS NOT NULL AND standing_right_id = right_user_id AND reversed_at IS NULL AND reversed_side IS NULL)",
  },
  { table: 'earnings', name: 'earnings_reversed_check', condition: 'reversed_amount = 0 OR reversed_amount = amount' },
  {
    table: 'payouts',
    name: 'payouts_parts_check',
    condition:
      'requested_amount = transfer_amount + emi_amount + tds_amount AND net_amount = transfer_amount + emi_amount',
  },
  {
    table: 'payouts',
    name: 'payouts_amounts_check',
    condition: 'requested_amount >= 0 AND transfer_amount >= 0 AND emi_amount >= 0 AND tds_amount >= 0',
  },
]

/** Tables whose rows stay as they were written; a correction is another row. */
export const appendOnlyTables = ['journal_entries', 'journal_lines', 'wallet_transactions', 'audit_log']

/**
 * Text by which a row is looked up, told from others or checked: MySQL compares these columns character by character
 * (utf8mb4_bin), as SQLite does everywhere. The collation of the other columns takes `a` for `A` and for `á`.
 */
export const exactTextColumns = {
  users: ['username', 'email', 'mobile', 'referral_code'],
  sessions: ['token_id', 'previous_token_id'],
  kyc: ['pan_hash', 'aadhaar_hash', 'account_number_hash'],
  nominees: ['id_proof_number_hash'],
  vehicles: ['model_code'],
  vehicle_images: ['file_key'],
  bookings: ['booking_number'],
  payments: ['transaction_id'],
  payment_orders: ['provider_order_id'],
  provider_events: ['event_id'],
  journal_entries: ['key'],
  payouts: ['account_number_hash', 'bank_transfer_id', 'bank_reference'],
  tds_records: ['certificate_number'],
  notifications: ['dedupe_key'],
  compliance_documents: ['file_key'],
  audit_log: ['previous_hash', 'hash'],
  audit_head: ['hash'],
  settings: ['key'],
  outbox_messages: ['message_id'],
  message_deliveries: ['message_id', 'handler'],
  idempotency_records: ['scope', 'key_hash', 'fingerprint'],
  leases: ['name'],
  legacy_rows: ['table_name'],
}
