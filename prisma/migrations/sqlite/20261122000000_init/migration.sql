-- CreateTable
CREATE TABLE "users" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "username" TEXT NOT NULL,
    "email" TEXT,
    "mobile" TEXT,
    "first_name" TEXT NOT NULL DEFAULT '',
    "last_name" TEXT NOT NULL DEFAULT '',
    "gender" TEXT,
    "date_of_birth" TEXT,
    "address_line1" TEXT NOT NULL DEFAULT '',
    "address_line2" TEXT NOT NULL DEFAULT '',
    "city" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL DEFAULT '',
    "pincode" TEXT NOT NULL DEFAULT '',
    "country" TEXT NOT NULL DEFAULT 'India',
    "role" TEXT NOT NULL DEFAULT 'user',
    "is_superuser" BOOLEAN NOT NULL DEFAULT false,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "is_distributor" BOOLEAN NOT NULL DEFAULT false,
    "is_active_buyer" BOOLEAN NOT NULL DEFAULT false,
    "referral_code" TEXT NOT NULL,
    "referred_by_id" INTEGER,
    "placement_preference" TEXT NOT NULL DEFAULT 'auto',
    "notify_by_email" BOOLEAN NOT NULL DEFAULT false,
    "notify_by_sms" BOOLEAN NOT NULL DEFAULT false,
    "date_joined" DATETIME NOT NULL,
    "last_login" DATETIME,
    "updated_at" DATETIME NOT NULL,
    CONSTRAINT "users_referred_by_id_fkey" FOREIGN KEY ("referred_by_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "token_id" TEXT NOT NULL,
    "previous_token_id" TEXT,
    "rotated_at" DATETIME,
    "created_at" DATETIME NOT NULL,
    "last_used_at" DATETIME NOT NULL,
    "expires_at" DATETIME NOT NULL,
    "revoked_at" DATETIME,
    "revoked_reason" TEXT,
    "ip_address" TEXT,
    "user_agent" TEXT,
    CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "kyc" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "pan_encrypted" TEXT,
    "pan_hash" TEXT,
    "pan_last4" TEXT,
    "aadhaar_encrypted" TEXT,
    "aadhaar_hash" TEXT,
    "aadhaar_last4" TEXT,
    "address_line1" TEXT NOT NULL DEFAULT '',
    "address_line2" TEXT NOT NULL DEFAULT '',
    "city" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL DEFAULT '',
    "pincode" TEXT NOT NULL DEFAULT '',
    "country" TEXT NOT NULL DEFAULT 'India',
    "pan_document" TEXT,
    "aadhaar_front" TEXT,
    "aadhaar_back" TEXT,
    "bank_passbook" TEXT,
    "bank_name" TEXT,
    "account_number_encrypted" TEXT,
    "account_number_hash" TEXT,
    "account_number_last4" TEXT,
    "ifsc_code" TEXT,
    "account_holder_name" TEXT,
    "submitted_at" DATETIME NOT NULL,
    "reviewed_at" DATETIME,
    "reviewed_by_id" INTEGER,
    "rejection_reason" TEXT NOT NULL DEFAULT '',
    CONSTRAINT "kyc_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "kyc_reviewed_by_id_fkey" FOREIGN KEY ("reviewed_by_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "nominees" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "full_name" TEXT NOT NULL,
    "relationship" TEXT NOT NULL,
    "date_of_birth" TEXT NOT NULL,
    "mobile" TEXT NOT NULL,
    "email" TEXT,
    "address_line1" TEXT NOT NULL DEFAULT '',
    "address_line2" TEXT NOT NULL DEFAULT '',
    "city" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL DEFAULT '',
    "pincode" TEXT NOT NULL DEFAULT '',
    "id_proof_type" TEXT,
    "id_proof_number_encrypted" TEXT,
    "id_proof_number_hash" TEXT,
    "id_proof_number_last4" TEXT,
    "id_proof_document" TEXT,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "submitted_at" DATETIME NOT NULL,
    "reviewed_at" DATETIME,
    "reviewed_by_id" INTEGER,
    "rejection_reason" TEXT NOT NULL DEFAULT '',
    "created_at" DATETIME NOT NULL,
    "updated_at" DATETIME NOT NULL,
    CONSTRAINT "nominees_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "nominees_reviewed_by_id_fkey" FOREIGN KEY ("reviewed_by_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "vehicles" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "model_code" TEXT NOT NULL,
    "vehicle_colors" JSONB NOT NULL,
    "battery_variants" JSONB NOT NULL,
    "price" BIGINT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'available',
    "description" TEXT NOT NULL,
    "features" JSONB NOT NULL,
    "specifications" JSONB NOT NULL,
    "stock_quantity" INTEGER,
    "created_at" DATETIME NOT NULL,
    "updated_at" DATETIME NOT NULL,
    CONSTRAINT "vehicles_price_check" CHECK (price > 0),
    CONSTRAINT "vehicles_stock_check" CHECK (stock_quantity IS NULL OR stock_quantity >= 0)
);

-- CreateTable
CREATE TABLE "vehicle_images" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "vehicle_id" INTEGER NOT NULL,
    "file_key" TEXT NOT NULL,
    "thumbnail_key" TEXT,
    "content_type" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "alt_text" TEXT NOT NULL DEFAULT '',
    "is_primary" BOOLEAN NOT NULL DEFAULT false,
    "position" INTEGER NOT NULL DEFAULT 0,
    "created_at" DATETIME NOT NULL,
    "updated_at" DATETIME NOT NULL,
    CONSTRAINT "vehicle_images_vehicle_id_fkey" FOREIGN KEY ("vehicle_id") REFERENCES "vehicles" ("id") ON DELETE CASCADE ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "stock_movements" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "vehicle_id" INTEGER NOT NULL,
    "booking_id" INTEGER,
    "actor_id" INTEGER,
    "reason" TEXT NOT NULL,
    "delta" INTEGER NOT NULL,
    "created_at" DATETIME NOT NULL,
    CONSTRAINT "stock_movements_vehicle_id_fkey" FOREIGN KEY ("vehicle_id") REFERENCES "vehicles" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "stock_movements_booking_id_fkey" FOREIGN KEY ("booking_id") REFERENCES "bookings" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "stock_movements_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "bookings" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "booking_number" TEXT NOT NULL,
    "user_id" INTEGER NOT NULL,
    "vehicle_id" INTEGER NOT NULL,
    "vehicle_color" TEXT,
    "battery_variant" TEXT,
    "booking_amount" BIGINT NOT NULL,
    "total_amount" BIGINT NOT NULL,
    "total_paid" BIGINT NOT NULL DEFAULT 0,
    "payment_option" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "referred_by_id" INTEGER,
    "plan_version" INTEGER NOT NULL,
    "join_distributor_program" BOOLEAN NOT NULL DEFAULT false,
    "delivery_city" TEXT,
    "delivery_state" TEXT,
    "delivery_pin" TEXT,
    "terms_accepted" BOOLEAN NOT NULL,
    "ip_address" TEXT,
    "emi_duration_months" INTEGER,
    "emi_start_date" TEXT,
    "emi_amount" BIGINT,
    "emi_paid_count" INTEGER NOT NULL DEFAULT 0,
    "emi_total_count" INTEGER NOT NULL DEFAULT 0,
    "cancel_reason" TEXT,
    "expires_at" DATETIME NOT NULL,
    "confirmed_at" DATETIME,
    "completed_at" DATETIME,
    "created_at" DATETIME NOT NULL,
    "updated_at" DATETIME NOT NULL,
    CONSTRAINT "bookings_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "bookings_vehicle_id_fkey" FOREIGN KEY ("vehicle_id") REFERENCES "vehicles" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "bookings_referred_by_id_fkey" FOREIGN KEY ("referred_by_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "bookings_total_paid_check" CHECK (total_paid >= 0 AND total_paid <= total_amount)
);

-- CreateTable
CREATE TABLE "instalments" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "booking_id" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "due_date" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "principal" BIGINT NOT NULL,
    "interest" BIGINT NOT NULL,
    "paid_amount" BIGINT NOT NULL DEFAULT 0,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "paid_at" DATETIME,
    CONSTRAINT "instalments_booking_id_fkey" FOREIGN KEY ("booking_id") REFERENCES "bookings" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "instalments_paid_check" CHECK (paid_amount >= 0 AND paid_amount <= amount)
);

-- CreateTable
CREATE TABLE "payments" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "booking_id" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL,
    "recorded_by_id" INTEGER,
    "amount" BIGINT NOT NULL,
    "refunded_amount" BIGINT NOT NULL DEFAULT 0,
    "payment_method" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "transaction_id" TEXT,
    "notes" TEXT NOT NULL DEFAULT '',
    "payment_date" DATETIME NOT NULL,
    "completed_at" DATETIME,
    "created_at" DATETIME NOT NULL,
    CONSTRAINT "payments_booking_id_fkey" FOREIGN KEY ("booking_id") REFERENCES "bookings" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "payments_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "payments_recorded_by_id_fkey" FOREIGN KEY ("recorded_by_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "payments_amount_check" CHECK (amount > 0),
    CONSTRAINT "payments_refunded_check" CHECK (refunded_amount >= 0 AND refunded_amount <= amount)
);

-- CreateTable
CREATE TABLE "payment_orders" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "provider" TEXT NOT NULL,
    "provider_order_id" TEXT NOT NULL,
    "booking_id" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL,
    "payment_id" INTEGER,
    "amount" BIGINT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'created',
    "created_at" DATETIME NOT NULL,
    "updated_at" DATETIME NOT NULL,
    CONSTRAINT "payment_orders_booking_id_fkey" FOREIGN KEY ("booking_id") REFERENCES "bookings" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "payment_orders_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "payment_orders_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payments" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "payment_orders_amount_check" CHECK (amount > 0)
);

-- CreateTable
CREATE TABLE "provider_events" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "provider" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "event_type" TEXT NOT NULL,
    "received_at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "refunds" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "payment_id" INTEGER NOT NULL,
    "booking_id" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL,
    "actor_id" INTEGER,
    "amount" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "created_at" DATETIME NOT NULL,
    CONSTRAINT "refunds_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payments" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "refunds_booking_id_fkey" FOREIGN KEY ("booking_id") REFERENCES "bookings" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "refunds_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "refunds_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "refunds_amount_check" CHECK (amount > 0)
);

-- CreateTable
CREATE TABLE "referral_bonuses" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "payment_id" INTEGER NOT NULL,
    "booking_id" INTEGER NOT NULL,
    "referrer_id" INTEGER NOT NULL,
    "journal_entry_id" INTEGER NOT NULL,
    "amount" BIGINT NOT NULL,
    "reversed_amount" BIGINT NOT NULL DEFAULT 0,
    "plan_version" INTEGER NOT NULL,
    "created_at" DATETIME NOT NULL,
    CONSTRAINT "referral_bonuses_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payments" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "referral_bonuses_booking_id_fkey" FOREIGN KEY ("booking_id") REFERENCES "bookings" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "referral_bonuses_referrer_id_fkey" FOREIGN KEY ("referrer_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "referral_bonuses_journal_entry_id_fkey" FOREIGN KEY ("journal_entry_id") REFERENCES "journal_entries" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "referral_bonuses_reversed_check" CHECK (reversed_amount >= 0 AND reversed_amount <= amount)
);

-- CreateTable
CREATE TABLE "wallets" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "balance" BIGINT NOT NULL DEFAULT 0,
    "held" BIGINT NOT NULL DEFAULT 0,
    "emi_reserve" BIGINT NOT NULL DEFAULT 0,
    "recoverable" BIGINT NOT NULL DEFAULT 0,
    "total_earned" BIGINT NOT NULL DEFAULT 0,
    "total_withdrawn" BIGINT NOT NULL DEFAULT 0,
    "created_at" DATETIME NOT NULL,
    "updated_at" DATETIME NOT NULL,
    CONSTRAINT "wallets_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "wallets_balance_check" CHECK (balance >= 0 AND held >= 0 AND balance >= held),
    CONSTRAINT "wallets_reserve_check" CHECK (emi_reserve >= 0 AND recoverable >= 0)
);

-- CreateTable
CREATE TABLE "wallet_transactions" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "wallet_id" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL,
    "journal_entry_id" INTEGER NOT NULL,
    "line_number" INTEGER NOT NULL,
    "transaction_type" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "balance_before" BIGINT NOT NULL,
    "balance_after" BIGINT NOT NULL,
    "description" TEXT NOT NULL,
    "reference_type" TEXT NOT NULL,
    "reference_id" INTEGER NOT NULL,
    "created_at" DATETIME NOT NULL,
    CONSTRAINT "wallet_transactions_wallet_id_fkey" FOREIGN KEY ("wallet_id") REFERENCES "wallets" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "wallet_transactions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "wallet_transactions_journal_entry_id_fkey" FOREIGN KEY ("journal_entry_id") REFERENCES "journal_entries" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "wallet_transactions_amount_check" CHECK (amount <> 0),
    CONSTRAINT "wallet_transactions_balance_check" CHECK (balance_after = balance_before + amount AND balance_after >= 0 AND balance_before >= 0)
);

-- CreateTable
CREATE TABLE "journal_entries" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL,
    "reference_type" TEXT NOT NULL,
    "reference_id" INTEGER NOT NULL,
    "reverses_id" INTEGER,
    "actor_id" INTEGER,
    "plan_version" INTEGER,
    "created_at" DATETIME NOT NULL,
    CONSTRAINT "journal_entries_reverses_id_fkey" FOREIGN KEY ("reverses_id") REFERENCES "journal_entries" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "journal_entries_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "journal_lines" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "entry_id" INTEGER NOT NULL,
    "account_kind" TEXT NOT NULL,
    "user_id" INTEGER,
    "booking_id" INTEGER,
    "amount" BIGINT NOT NULL,
    CONSTRAINT "journal_lines_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "journal_entries" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "journal_lines_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "journal_lines_booking_id_fkey" FOREIGN KEY ("booking_id") REFERENCES "bookings" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "journal_lines_amount_check" CHECK (amount <> 0)
);

-- CreateTable
CREATE TABLE "holds" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "payout_id" INTEGER NOT NULL,
    "amount" BIGINT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'active',
    "created_at" DATETIME NOT NULL,
    "closed_at" DATETIME,
    CONSTRAINT "holds_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "holds_payout_id_fkey" FOREIGN KEY ("payout_id") REFERENCES "payouts" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "holds_amount_check" CHECK (amount > 0)
);

-- CreateTable
CREATE TABLE "placements" (
    "seq" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "sponsor_seq" INTEGER,
    "parent_seq" INTEGER,
    "side" TEXT,
    "level" INTEGER NOT NULL,
    "placed_at" DATETIME NOT NULL,
    "qualified_at" DATETIME,
    CONSTRAINT "placements_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "placements_sponsor_seq_fkey" FOREIGN KEY ("sponsor_seq") REFERENCES "placements" ("seq") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "placements_parent_seq_fkey" FOREIGN KEY ("parent_seq") REFERENCES "placements" ("seq") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "legs" (
    "seq" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "left_team" INTEGER NOT NULL DEFAULT 0,
    "right_team" INTEGER NOT NULL DEFAULT 0,
    "left_qualified" INTEGER NOT NULL DEFAULT 0,
    "right_qualified" INTEGER NOT NULL DEFAULT 0,
    "left_consumed" INTEGER NOT NULL DEFAULT 0,
    "right_consumed" INTEGER NOT NULL DEFAULT 0,
    "pairs_matched" INTEGER NOT NULL DEFAULT 0,
    "pairs_month" TEXT NOT NULL DEFAULT '',
    "pairs_this_month" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "legs_seq_fkey" FOREIGN KEY ("seq") REFERENCES "placements" ("seq") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "legs_left_check" CHECK (left_consumed >= 0 AND left_consumed <= left_qualified AND left_qualified <= left_team),
    CONSTRAINT "legs_right_check" CHECK (right_consumed >= 0 AND right_consumed <= right_qualified AND right_qualified <= right_team),
    CONSTRAINT "legs_pairs_check" CHECK (pairs_matched >= 0 AND pairs_this_month >= 0)
);

-- CreateTable
CREATE TABLE "network_head" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "version" INTEGER NOT NULL,
    "last_seq" INTEGER NOT NULL,
    "month" TEXT NOT NULL,
    "updated_at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "pairs" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "left_user_id" INTEGER NOT NULL,
    "right_user_id" INTEGER NOT NULL,
    "pair_number" INTEGER NOT NULL,
    "pair_amount" BIGINT NOT NULL,
    "earning_amount" BIGINT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'matched',
    "month" TEXT NOT NULL,
    "is_active_buyer" BOOLEAN NOT NULL,
    "plan_version" INTEGER NOT NULL,
    "created_at" DATETIME NOT NULL,
    "matched_at" DATETIME NOT NULL,
    "processed_at" DATETIME,
    CONSTRAINT "pairs_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "pairs_left_user_id_fkey" FOREIGN KEY ("left_user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "pairs_right_user_id_fkey" FOREIGN KEY ("right_user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "pair_flushes" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "month" TEXT NOT NULL,
    "member_count" INTEGER NOT NULL,
    "created_at" DATETIME NOT NULL,
    CONSTRAINT "pair_flushes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "pair_flush_members" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "flush_id" INTEGER NOT NULL,
    "side" TEXT NOT NULL,
    "member_seq" INTEGER NOT NULL,
    CONSTRAINT "pair_flush_members_flush_id_fkey" FOREIGN KEY ("flush_id") REFERENCES "pair_flushes" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "earnings" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "pair_id" INTEGER NOT NULL,
    "journal_entry_id" INTEGER NOT NULL,
    "pair_number" INTEGER NOT NULL,
    "amount" BIGINT NOT NULL,
    "emi_deducted" BIGINT NOT NULL,
    "net_amount" BIGINT NOT NULL,
    "created_at" DATETIME NOT NULL,
    CONSTRAINT "earnings_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "earnings_pair_id_fkey" FOREIGN KEY ("pair_id") REFERENCES "pairs" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "earnings_journal_entry_id_fkey" FOREIGN KEY ("journal_entry_id") REFERENCES "journal_entries" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "payouts" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "requested_amount" BIGINT NOT NULL,
    "tds_amount" BIGINT NOT NULL,
    "net_amount" BIGINT NOT NULL,
    "emi_auto_filled" BOOLEAN NOT NULL DEFAULT false,
    "emi_amount" BIGINT NOT NULL DEFAULT 0,
    "transfer_amount" BIGINT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "bank_name" TEXT NOT NULL,
    "account_number_encrypted" TEXT NOT NULL,
    "account_number_hash" TEXT NOT NULL,
    "account_number_last4" TEXT NOT NULL,
    "ifsc_code" TEXT NOT NULL,
    "account_holder_name" TEXT NOT NULL,
    "bank_reference" TEXT,
    "failure_reason" TEXT NOT NULL DEFAULT '',
    "notes" TEXT NOT NULL DEFAULT '',
    "plan_version" INTEGER NOT NULL,
    "approved_by_id" INTEGER,
    "batch_id" INTEGER,
    "created_at" DATETIME NOT NULL,
    "processed_at" DATETIME,
    "completed_at" DATETIME,
    "updated_at" DATETIME NOT NULL,
    CONSTRAINT "payouts_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "payouts_approved_by_id_fkey" FOREIGN KEY ("approved_by_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "payouts_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "payout_batches" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "payouts_parts_check" CHECK (requested_amount = transfer_amount + emi_amount + tds_amount AND net_amount = transfer_amount + emi_amount),
    CONSTRAINT "payouts_amounts_check" CHECK (requested_amount >= 0 AND transfer_amount >= 0 AND emi_amount >= 0 AND tds_amount >= 0)
);

-- CreateTable
CREATE TABLE "payout_transactions" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "payout_id" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL,
    "transaction_type" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "description" TEXT NOT NULL,
    "created_at" DATETIME NOT NULL,
    CONSTRAINT "payout_transactions_payout_id_fkey" FOREIGN KEY ("payout_id") REFERENCES "payouts" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "payout_transactions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "payout_batches" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "created_by_id" INTEGER NOT NULL,
    "payout_count" INTEGER NOT NULL,
    "total_amount" BIGINT NOT NULL,
    "created_at" DATETIME NOT NULL,
    "results_imported_at" DATETIME,
    CONSTRAINT "payout_batches_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "tds_records" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "financial_year" TEXT NOT NULL,
    "total_payout" BIGINT NOT NULL DEFAULT 0,
    "tds_deducted" BIGINT NOT NULL DEFAULT 0,
    "q1_payout" BIGINT NOT NULL DEFAULT 0,
    "q1_tds" BIGINT NOT NULL DEFAULT 0,
    "q2_payout" BIGINT NOT NULL DEFAULT 0,
    "q2_tds" BIGINT NOT NULL DEFAULT 0,
    "q3_payout" BIGINT NOT NULL DEFAULT 0,
    "q3_tds" BIGINT NOT NULL DEFAULT 0,
    "q4_payout" BIGINT NOT NULL DEFAULT 0,
    "q4_tds" BIGINT NOT NULL DEFAULT 0,
    "certificate_number" TEXT,
    "created_at" DATETIME NOT NULL,
    "updated_at" DATETIME NOT NULL,
    CONSTRAINT "tds_records_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "plans" (
    "version" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "effective_from" DATETIME NOT NULL,
    "settings" JSONB NOT NULL,
    "created_by_id" INTEGER,
    "created_at" DATETIME NOT NULL,
    CONSTRAINT "plans_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "notifications" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "dedupe_key" TEXT NOT NULL,
    "notification_type" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "is_read" BOOLEAN NOT NULL DEFAULT false,
    "read_at" DATETIME,
    "reference_type" TEXT,
    "reference_id" INTEGER,
    "created_at" DATETIME NOT NULL,
    CONSTRAINT "notifications_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "compliance_documents" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "document_type" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "file_key" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "is_verified" BOOLEAN NOT NULL DEFAULT false,
    "verified_by_id" INTEGER,
    "verified_at" DATETIME,
    "uploaded_at" DATETIME NOT NULL,
    CONSTRAINT "compliance_documents_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "compliance_documents_verified_by_id_fkey" FOREIGN KEY ("verified_by_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "audit_log" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "actor_id" INTEGER,
    "action" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "details" JSONB NOT NULL,
    "ip_address" TEXT,
    "request_id" TEXT,
    "previous_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "created_at" DATETIME NOT NULL,
    CONSTRAINT "audit_log_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "settings" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "value" JSONB NOT NULL,
    "updated_by_id" INTEGER,
    "updated_at" DATETIME NOT NULL,
    CONSTRAINT "settings_updated_by_id_fkey" FOREIGN KEY ("updated_by_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "outbox_messages" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "message_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "request_id" TEXT,
    "traceparent" TEXT,
    "created_at" DATETIME NOT NULL,
    "published_at" DATETIME,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT
);

-- CreateTable
CREATE TABLE "message_deliveries" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "message_id" TEXT NOT NULL,
    "handler" TEXT NOT NULL,
    "envelope" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'ready',
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "available_at" DATETIME NOT NULL,
    "leased_until" DATETIME,
    "reason" TEXT,
    "created_at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "idempotency_records" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "scope" TEXT NOT NULL,
    "key_hash" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "result" JSONB,
    "created_at" DATETIME NOT NULL,
    "expires_at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "leases" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "holder" TEXT NOT NULL,
    "fencing_token" INTEGER NOT NULL,
    "expires_at" DATETIME NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "users_username_key" ON "users"("username");

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE UNIQUE INDEX "users_mobile_key" ON "users"("mobile");

-- CreateIndex
CREATE UNIQUE INDEX "users_referral_code_key" ON "users"("referral_code");

-- CreateIndex
CREATE INDEX "users_referred_by_id_id_idx" ON "users"("referred_by_id", "id");

-- CreateIndex
CREATE INDEX "users_role_id_idx" ON "users"("role", "id");

-- CreateIndex
CREATE INDEX "users_is_active_buyer_id_idx" ON "users"("is_active_buyer", "id");

-- CreateIndex
CREATE INDEX "users_date_joined_id_idx" ON "users"("date_joined", "id");

-- CreateIndex
CREATE UNIQUE INDEX "sessions_token_id_key" ON "sessions"("token_id");

-- CreateIndex
CREATE INDEX "sessions_user_id_id_idx" ON "sessions"("user_id", "id");

-- CreateIndex
CREATE INDEX "sessions_expires_at_idx" ON "sessions"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "kyc_user_id_key" ON "kyc"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "kyc_pan_hash_key" ON "kyc"("pan_hash");

-- CreateIndex
CREATE UNIQUE INDEX "kyc_aadhaar_hash_key" ON "kyc"("aadhaar_hash");

-- CreateIndex
CREATE UNIQUE INDEX "kyc_account_number_hash_key" ON "kyc"("account_number_hash");

-- CreateIndex
CREATE INDEX "kyc_status_id_idx" ON "kyc"("status", "id");

-- CreateIndex
CREATE INDEX "kyc_reviewed_by_id_idx" ON "kyc"("reviewed_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "nominees_user_id_key" ON "nominees"("user_id");

-- CreateIndex
CREATE INDEX "nominees_status_id_idx" ON "nominees"("status", "id");

-- CreateIndex
CREATE INDEX "nominees_reviewed_by_id_idx" ON "nominees"("reviewed_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "vehicles_model_code_key" ON "vehicles"("model_code");

-- CreateIndex
CREATE INDEX "vehicles_status_id_idx" ON "vehicles"("status", "id");

-- CreateIndex
CREATE INDEX "vehicles_price_id_idx" ON "vehicles"("price", "id");

-- CreateIndex
CREATE UNIQUE INDEX "vehicle_images_file_key_key" ON "vehicle_images"("file_key");

-- CreateIndex
CREATE INDEX "vehicle_images_vehicle_id_position_idx" ON "vehicle_images"("vehicle_id", "position");

-- CreateIndex
CREATE INDEX "stock_movements_vehicle_id_id_idx" ON "stock_movements"("vehicle_id", "id");

-- CreateIndex
CREATE INDEX "stock_movements_actor_id_idx" ON "stock_movements"("actor_id");

-- CreateIndex
CREATE UNIQUE INDEX "stock_movements_booking_id_reason_key" ON "stock_movements"("booking_id", "reason");

-- CreateIndex
CREATE UNIQUE INDEX "bookings_booking_number_key" ON "bookings"("booking_number");

-- CreateIndex
CREATE INDEX "bookings_user_id_id_idx" ON "bookings"("user_id", "id");

-- CreateIndex
CREATE INDEX "bookings_user_id_status_id_idx" ON "bookings"("user_id", "status", "id");

-- CreateIndex
CREATE INDEX "bookings_status_expires_at_idx" ON "bookings"("status", "expires_at");

-- CreateIndex
CREATE INDEX "bookings_status_id_idx" ON "bookings"("status", "id");

-- CreateIndex
CREATE INDEX "bookings_vehicle_id_id_idx" ON "bookings"("vehicle_id", "id");

-- CreateIndex
CREATE INDEX "bookings_referred_by_id_idx" ON "bookings"("referred_by_id");

-- CreateIndex
CREATE INDEX "bookings_created_at_id_idx" ON "bookings"("created_at", "id");

-- CreateIndex
CREATE INDEX "instalments_status_due_date_idx" ON "instalments"("status", "due_date");

-- CreateIndex
CREATE UNIQUE INDEX "instalments_booking_id_number_key" ON "instalments"("booking_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "payments_transaction_id_key" ON "payments"("transaction_id");

-- CreateIndex
CREATE INDEX "payments_booking_id_id_idx" ON "payments"("booking_id", "id");

-- CreateIndex
CREATE INDEX "payments_user_id_id_idx" ON "payments"("user_id", "id");

-- CreateIndex
CREATE INDEX "payments_status_id_idx" ON "payments"("status", "id");

-- CreateIndex
CREATE INDEX "payments_status_completed_at_idx" ON "payments"("status", "completed_at");

-- CreateIndex
CREATE INDEX "payments_recorded_by_id_idx" ON "payments"("recorded_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "payment_orders_payment_id_key" ON "payment_orders"("payment_id");

-- CreateIndex
CREATE INDEX "payment_orders_booking_id_idx" ON "payment_orders"("booking_id");

-- CreateIndex
CREATE INDEX "payment_orders_user_id_id_idx" ON "payment_orders"("user_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "payment_orders_provider_provider_order_id_key" ON "payment_orders"("provider", "provider_order_id");

-- CreateIndex
CREATE INDEX "provider_events_received_at_idx" ON "provider_events"("received_at");

-- CreateIndex
CREATE UNIQUE INDEX "provider_events_provider_event_id_key" ON "provider_events"("provider", "event_id");

-- CreateIndex
CREATE INDEX "refunds_payment_id_idx" ON "refunds"("payment_id");

-- CreateIndex
CREATE INDEX "refunds_booking_id_idx" ON "refunds"("booking_id");

-- CreateIndex
CREATE INDEX "refunds_user_id_id_idx" ON "refunds"("user_id", "id");

-- CreateIndex
CREATE INDEX "refunds_actor_id_idx" ON "refunds"("actor_id");

-- CreateIndex
CREATE UNIQUE INDEX "referral_bonuses_payment_id_key" ON "referral_bonuses"("payment_id");

-- CreateIndex
CREATE UNIQUE INDEX "referral_bonuses_journal_entry_id_key" ON "referral_bonuses"("journal_entry_id");

-- CreateIndex
CREATE INDEX "referral_bonuses_referrer_id_id_idx" ON "referral_bonuses"("referrer_id", "id");

-- CreateIndex
CREATE INDEX "referral_bonuses_booking_id_idx" ON "referral_bonuses"("booking_id");

-- CreateIndex
CREATE UNIQUE INDEX "wallets_user_id_key" ON "wallets"("user_id");

-- CreateIndex
CREATE INDEX "wallet_transactions_user_id_id_idx" ON "wallet_transactions"("user_id", "id");

-- CreateIndex
CREATE INDEX "wallet_transactions_user_id_transaction_type_id_idx" ON "wallet_transactions"("user_id", "transaction_type", "id");

-- CreateIndex
CREATE INDEX "wallet_transactions_user_id_created_at_id_idx" ON "wallet_transactions"("user_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "wallet_transactions_wallet_id_id_idx" ON "wallet_transactions"("wallet_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "wallet_transactions_journal_entry_id_user_id_line_number_key" ON "wallet_transactions"("journal_entry_id", "user_id", "line_number");

-- CreateIndex
CREATE UNIQUE INDEX "journal_entries_key_key" ON "journal_entries"("key");

-- CreateIndex
CREATE UNIQUE INDEX "journal_entries_reverses_id_key" ON "journal_entries"("reverses_id");

-- CreateIndex
CREATE INDEX "journal_entries_reference_type_reference_id_idx" ON "journal_entries"("reference_type", "reference_id");

-- CreateIndex
CREATE INDEX "journal_entries_created_at_id_idx" ON "journal_entries"("created_at", "id");

-- CreateIndex
CREATE INDEX "journal_entries_actor_id_idx" ON "journal_entries"("actor_id");

-- CreateIndex
CREATE INDEX "journal_lines_entry_id_idx" ON "journal_lines"("entry_id");

-- CreateIndex
CREATE INDEX "journal_lines_user_id_account_kind_id_idx" ON "journal_lines"("user_id", "account_kind", "id");

-- CreateIndex
CREATE INDEX "journal_lines_booking_id_id_idx" ON "journal_lines"("booking_id", "id");

-- CreateIndex
CREATE INDEX "journal_lines_account_kind_id_idx" ON "journal_lines"("account_kind", "id");

-- CreateIndex
CREATE UNIQUE INDEX "holds_payout_id_key" ON "holds"("payout_id");

-- CreateIndex
CREATE INDEX "holds_user_id_status_idx" ON "holds"("user_id", "status");

-- CreateIndex
CREATE UNIQUE INDEX "placements_user_id_key" ON "placements"("user_id");

-- CreateIndex
CREATE INDEX "placements_sponsor_seq_seq_idx" ON "placements"("sponsor_seq", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "placements_parent_seq_side_key" ON "placements"("parent_seq", "side");

-- CreateIndex
CREATE INDEX "pairs_user_id_month_idx" ON "pairs"("user_id", "month");

-- CreateIndex
CREATE INDEX "pairs_status_id_idx" ON "pairs"("status", "id");

-- CreateIndex
CREATE INDEX "pairs_left_user_id_idx" ON "pairs"("left_user_id");

-- CreateIndex
CREATE INDEX "pairs_right_user_id_idx" ON "pairs"("right_user_id");

-- CreateIndex
CREATE UNIQUE INDEX "pairs_user_id_pair_number_key" ON "pairs"("user_id", "pair_number");

-- CreateIndex
CREATE UNIQUE INDEX "pairs_user_id_left_user_id_key" ON "pairs"("user_id", "left_user_id");

-- CreateIndex
CREATE UNIQUE INDEX "pairs_user_id_right_user_id_key" ON "pairs"("user_id", "right_user_id");

-- CreateIndex
CREATE UNIQUE INDEX "pair_flushes_user_id_month_key" ON "pair_flushes"("user_id", "month");

-- CreateIndex
CREATE UNIQUE INDEX "pair_flush_members_flush_id_member_seq_key" ON "pair_flush_members"("flush_id", "member_seq");

-- CreateIndex
CREATE UNIQUE INDEX "earnings_pair_id_key" ON "earnings"("pair_id");

-- CreateIndex
CREATE UNIQUE INDEX "earnings_journal_entry_id_key" ON "earnings"("journal_entry_id");

-- CreateIndex
CREATE INDEX "earnings_user_id_id_idx" ON "earnings"("user_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "payouts_bank_reference_key" ON "payouts"("bank_reference");

-- CreateIndex
CREATE INDEX "payouts_user_id_id_idx" ON "payouts"("user_id", "id");

-- CreateIndex
CREATE INDEX "payouts_status_id_idx" ON "payouts"("status", "id");

-- CreateIndex
CREATE INDEX "payouts_created_at_id_idx" ON "payouts"("created_at", "id");

-- CreateIndex
CREATE INDEX "payouts_approved_by_id_idx" ON "payouts"("approved_by_id");

-- CreateIndex
CREATE INDEX "payouts_batch_id_idx" ON "payouts"("batch_id");

-- CreateIndex
CREATE INDEX "payout_transactions_user_id_id_idx" ON "payout_transactions"("user_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "payout_transactions_payout_id_transaction_type_key" ON "payout_transactions"("payout_id", "transaction_type");

-- CreateIndex
CREATE INDEX "payout_batches_created_by_id_idx" ON "payout_batches"("created_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "tds_records_certificate_number_key" ON "tds_records"("certificate_number");

-- CreateIndex
CREATE INDEX "tds_records_financial_year_id_idx" ON "tds_records"("financial_year", "id");

-- CreateIndex
CREATE UNIQUE INDEX "tds_records_user_id_financial_year_key" ON "tds_records"("user_id", "financial_year");

-- CreateIndex
CREATE INDEX "plans_effective_from_idx" ON "plans"("effective_from");

-- CreateIndex
CREATE INDEX "plans_created_by_id_idx" ON "plans"("created_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "notifications_dedupe_key_key" ON "notifications"("dedupe_key");

-- CreateIndex
CREATE INDEX "notifications_user_id_id_idx" ON "notifications"("user_id", "id");

-- CreateIndex
CREATE INDEX "notifications_user_id_is_read_id_idx" ON "notifications"("user_id", "is_read", "id");

-- CreateIndex
CREATE UNIQUE INDEX "compliance_documents_file_key_key" ON "compliance_documents"("file_key");

-- CreateIndex
CREATE INDEX "compliance_documents_user_id_id_idx" ON "compliance_documents"("user_id", "id");

-- CreateIndex
CREATE INDEX "compliance_documents_verified_by_id_idx" ON "compliance_documents"("verified_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_log_hash_key" ON "audit_log"("hash");

-- CreateIndex
CREATE INDEX "audit_log_actor_id_id_idx" ON "audit_log"("actor_id", "id");

-- CreateIndex
CREATE INDEX "audit_log_subject_type_subject_id_id_idx" ON "audit_log"("subject_type", "subject_id", "id");

-- CreateIndex
CREATE INDEX "audit_log_created_at_id_idx" ON "audit_log"("created_at", "id");

-- CreateIndex
CREATE INDEX "settings_updated_by_id_idx" ON "settings"("updated_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_messages_message_id_key" ON "outbox_messages"("message_id");

-- CreateIndex
CREATE INDEX "outbox_messages_published_at_id_idx" ON "outbox_messages"("published_at", "id");

-- CreateIndex
CREATE INDEX "message_deliveries_handler_state_available_at_idx" ON "message_deliveries"("handler", "state", "available_at");

-- CreateIndex
CREATE UNIQUE INDEX "message_deliveries_message_id_handler_key" ON "message_deliveries"("message_id", "handler");

-- CreateIndex
CREATE INDEX "idempotency_records_expires_at_idx" ON "idempotency_records"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "idempotency_records_scope_key_hash_key" ON "idempotency_records"("scope", "key_hash");

-- CreateTrigger
CREATE TRIGGER "journal_entries_no_update" BEFORE UPDATE ON "journal_entries"
BEGIN
    SELECT RAISE(ABORT, 'journal_entries is append-only');
END;

-- CreateTrigger
CREATE TRIGGER "journal_entries_no_delete" BEFORE DELETE ON "journal_entries"
BEGIN
    SELECT RAISE(ABORT, 'journal_entries is append-only');
END;

-- CreateTrigger
CREATE TRIGGER "journal_lines_no_update" BEFORE UPDATE ON "journal_lines"
BEGIN
    SELECT RAISE(ABORT, 'journal_lines is append-only');
END;

-- CreateTrigger
CREATE TRIGGER "journal_lines_no_delete" BEFORE DELETE ON "journal_lines"
BEGIN
    SELECT RAISE(ABORT, 'journal_lines is append-only');
END;

-- CreateTrigger
CREATE TRIGGER "wallet_transactions_no_update" BEFORE UPDATE ON "wallet_transactions"
BEGIN
    SELECT RAISE(ABORT, 'wallet_transactions is append-only');
END;

-- CreateTrigger
CREATE TRIGGER "wallet_transactions_no_delete" BEFORE DELETE ON "wallet_transactions"
BEGIN
    SELECT RAISE(ABORT, 'wallet_transactions is append-only');
END;
