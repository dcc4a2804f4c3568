-- Text by which rows are looked up, told apart or checked is utf8mb4_bin, which compares character by character as
-- SQLite does. The tables' own collation takes `a` for `A` and for `á`: with it one member could be found by another
-- member's address, and two transaction ids that differ only by case would be one.

-- CreateTable
CREATE TABLE `users` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `username` VARCHAR(150) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    `email` VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    `mobile` VARCHAR(15) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    `first_name` VARCHAR(150) NOT NULL DEFAULT '',
    `last_name` VARCHAR(150) NOT NULL DEFAULT '',
    `gender` VARCHAR(10) NULL,
    `date_of_birth` CHAR(10) NULL,
    `address_line1` VARCHAR(255) NOT NULL DEFAULT '',
    `address_line2` VARCHAR(255) NOT NULL DEFAULT '',
    `city` VARCHAR(100) NOT NULL DEFAULT '',
    `state` VARCHAR(100) NOT NULL DEFAULT '',
    `pincode` VARCHAR(10) NOT NULL DEFAULT '',
    `country` VARCHAR(100) NOT NULL DEFAULT 'India',
    `role` ENUM('admin', 'staff', 'user') NOT NULL DEFAULT 'user',
    `is_superuser` BOOLEAN NOT NULL DEFAULT false,
    `is_active` BOOLEAN NOT NULL DEFAULT true,
    `is_distributor` BOOLEAN NOT NULL DEFAULT false,
    `is_active_buyer` BOOLEAN NOT NULL DEFAULT false,
    `referral_code` VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    `referred_by_id` INTEGER NULL,
    `placement_preference` ENUM('auto', 'left', 'right') NOT NULL DEFAULT 'auto',
    `notify_by_email` BOOLEAN NOT NULL DEFAULT false,
    `notify_by_sms` BOOLEAN NOT NULL DEFAULT false,
    `date_joined` DATETIME(3) NOT NULL,
    `last_login` DATETIME(3) NULL,
    `updated_at` DATETIME(3) NOT NULL,

    UNIQUE INDEX `users_username_key`(`username`),
    UNIQUE INDEX `users_email_key`(`email`),
    UNIQUE INDEX `users_mobile_key`(`mobile`),
    UNIQUE INDEX `users_referral_code_key`(`referral_code`),
    INDEX `users_referred_by_id_id_idx`(`referred_by_id`, `id`),
    INDEX `users_role_id_idx`(`role`, `id`),
    INDEX `users_is_active_buyer_id_idx`(`is_active_buyer`, `id`),
    INDEX `users_date_joined_id_idx`(`date_joined`, `id`),
    PRIMARY KEY (`id`),
    CONSTRAINT `users_referred_by_id_fkey` FOREIGN KEY (`referred_by_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `sessions` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `user_id` INTEGER NOT NULL,
    `token_id` CHAR(36) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    `previous_token_id` CHAR(36) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    `rotated_at` DATETIME(3) NULL,
    `created_at` DATETIME(3) NOT NULL,
    `last_used_at` DATETIME(3) NOT NULL,
    `expires_at` DATETIME(3) NOT NULL,
    `revoked_at` DATETIME(3) NULL,
    `revoked_reason` VARCHAR(50) NULL,
    `ip_address` VARCHAR(45) NULL,
    `user_agent` VARCHAR(255) NULL,

    UNIQUE INDEX `sessions_token_id_key`(`token_id`),
    INDEX `sessions_user_id_id_idx`(`user_id`, `id`),
    INDEX `sessions_expires_at_idx`(`expires_at`),
    PRIMARY KEY (`id`),
    CONSTRAINT `sessions_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE CASCADE ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `kyc` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `user_id` INTEGER NOT NULL,
    `status` ENUM('pending', 'approved', 'rejected') NOT NULL DEFAULT 'pending',
    `pan_encrypted` VARCHAR(255) NULL,
    `pan_hash` CHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    `pan_last4` VARCHAR(4) NULL,
    `aadhaar_encrypted` VARCHAR(255) NULL,
    `aadhaar_hash` CHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    `aadhaar_last4` VARCHAR(4) NULL,
    `address_line1` VARCHAR(255) NOT NULL DEFAULT '',
    `address_line2` VARCHAR(255) NOT NULL DEFAULT '',
    `city` VARCHAR(100) NOT NULL DEFAULT '',
    `state` VARCHAR(100) NOT NULL DEFAULT '',
    `pincode` VARCHAR(10) NOT NULL DEFAULT '',
    `country` VARCHAR(100) NOT NULL DEFAULT 'India',
    `pan_document` VARCHAR(255) NULL,
    `aadhaar_front` VARCHAR(255) NULL,
    `aadhaar_back` VARCHAR(255) NULL,
    `bank_passbook` VARCHAR(255) NULL,
    `bank_name` VARCHAR(200) NULL,
    `account_number_encrypted` VARCHAR(255) NULL,
    `account_number_hash` CHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    `account_number_last4` VARCHAR(4) NULL,
    `ifsc_code` VARCHAR(11) NULL,
    `account_holder_name` VARCHAR(200) NULL,
    `submitted_at` DATETIME(3) NOT NULL,
    `reviewed_at` DATETIME(3) NULL,
    `reviewed_by_id` INTEGER NULL,
    `rejection_reason` VARCHAR(1000) NOT NULL DEFAULT '',

    UNIQUE INDEX `kyc_user_id_key`(`user_id`),
    UNIQUE INDEX `kyc_pan_hash_key`(`pan_hash`),
    UNIQUE INDEX `kyc_aadhaar_hash_key`(`aadhaar_hash`),
    UNIQUE INDEX `kyc_account_number_hash_key`(`account_number_hash`),
    INDEX `kyc_status_id_idx`(`status`, `id`),
    INDEX `kyc_reviewed_by_id_idx`(`reviewed_by_id`),
    PRIMARY KEY (`id`),
    CONSTRAINT `kyc_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `kyc_reviewed_by_id_fkey` FOREIGN KEY (`reviewed_by_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `nominees` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `user_id` INTEGER NOT NULL,
    `full_name` VARCHAR(200) NOT NULL,
    `relationship` VARCHAR(20) NOT NULL,
    `date_of_birth` CHAR(10) NOT NULL,
    `mobile` VARCHAR(15) NOT NULL,
    `email` VARCHAR(254) NULL,
    `address_line1` VARCHAR(255) NOT NULL DEFAULT '',
    `address_line2` VARCHAR(255) NOT NULL DEFAULT '',
    `city` VARCHAR(100) NOT NULL DEFAULT '',
    `state` VARCHAR(100) NOT NULL DEFAULT '',
    `pincode` VARCHAR(10) NOT NULL DEFAULT '',
    `id_proof_type` VARCHAR(50) NULL,
    `id_proof_number_encrypted` VARCHAR(255) NULL,
    `id_proof_number_hash` CHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    `id_proof_number_last4` VARCHAR(4) NULL,
    `id_proof_document` VARCHAR(255) NULL,
    `status` ENUM('pending', 'approved', 'rejected') NOT NULL DEFAULT 'pending',
    `submitted_at` DATETIME(3) NOT NULL,
    `reviewed_at` DATETIME(3) NULL,
    `reviewed_by_id` INTEGER NULL,
    `rejection_reason` VARCHAR(1000) NOT NULL DEFAULT '',
    `created_at` DATETIME(3) NOT NULL,
    `updated_at` DATETIME(3) NOT NULL,

    UNIQUE INDEX `nominees_user_id_key`(`user_id`),
    INDEX `nominees_status_id_idx`(`status`, `id`),
    INDEX `nominees_reviewed_by_id_idx`(`reviewed_by_id`),
    PRIMARY KEY (`id`),
    CONSTRAINT `nominees_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `nominees_reviewed_by_id_fkey` FOREIGN KEY (`reviewed_by_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `vehicles` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `name` VARCHAR(200) NOT NULL,
    `model_code` VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    `vehicle_colors` JSON NOT NULL,
    `battery_variants` JSON NOT NULL,
    `price` BIGINT NOT NULL,
    `status` ENUM('available', 'out_of_stock', 'discontinued') NOT NULL DEFAULT 'available',
    `description` TEXT NOT NULL,
    `features` JSON NOT NULL,
    `specifications` JSON NOT NULL,
    `stock_quantity` INTEGER NULL,
    `created_at` DATETIME(3) NOT NULL,
    `updated_at` DATETIME(3) NOT NULL,

    UNIQUE INDEX `vehicles_model_code_key`(`model_code`),
    INDEX `vehicles_status_id_idx`(`status`, `id`),
    INDEX `vehicles_price_id_idx`(`price`, `id`),
    PRIMARY KEY (`id`),
    CONSTRAINT `vehicles_price_check` CHECK (price > 0),
    CONSTRAINT `vehicles_stock_check` CHECK (stock_quantity IS NULL OR stock_quantity >= 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `vehicle_images` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `vehicle_id` INTEGER NOT NULL,
    `file_key` VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    `thumbnail_key` VARCHAR(255) NULL,
    `content_type` VARCHAR(50) NOT NULL,
    `width` INTEGER NOT NULL,
    `height` INTEGER NOT NULL,
    `alt_text` VARCHAR(200) NOT NULL DEFAULT '',
    `is_primary` BOOLEAN NOT NULL DEFAULT false,
    `position` INTEGER NOT NULL DEFAULT 0,
    `created_at` DATETIME(3) NOT NULL,
    `updated_at` DATETIME(3) NOT NULL,

    UNIQUE INDEX `vehicle_images_file_key_key`(`file_key`),
    INDEX `vehicle_images_vehicle_id_position_idx`(`vehicle_id`, `position`),
    PRIMARY KEY (`id`),
    CONSTRAINT `vehicle_images_vehicle_id_fkey` FOREIGN KEY (`vehicle_id`) REFERENCES `vehicles`(`id`) ON DELETE CASCADE ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `bookings` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `booking_number` VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    `user_id` INTEGER NOT NULL,
    `vehicle_id` INTEGER NOT NULL,
    `vehicle_color` VARCHAR(50) NULL,
    `battery_variant` VARCHAR(50) NULL,
    `booking_amount` BIGINT NOT NULL,
    `total_amount` BIGINT NOT NULL,
    `total_paid` BIGINT NOT NULL DEFAULT 0,
    `payment_option` ENUM('full_payment', 'emi_options') NOT NULL,
    `status` ENUM('pending', 'active', 'completed', 'cancelled', 'expired') NOT NULL DEFAULT 'pending',
    `referred_by_id` INTEGER NULL,
    `plan_version` INTEGER NOT NULL,
    `join_distributor_program` BOOLEAN NOT NULL DEFAULT false,
    `delivery_city` VARCHAR(100) NULL,
    `delivery_state` VARCHAR(100) NULL,
    `delivery_pin` VARCHAR(10) NULL,
    `terms_accepted` BOOLEAN NOT NULL,
    `ip_address` VARCHAR(45) NULL,
    `emi_duration_months` INTEGER NULL,
    `emi_start_date` CHAR(10) NULL,
    `emi_amount` BIGINT NULL,
    `emi_paid_count` INTEGER NOT NULL DEFAULT 0,
    `emi_total_count` INTEGER NOT NULL DEFAULT 0,
    `cancel_reason` VARCHAR(1000) NULL,
    `expires_at` DATETIME(3) NOT NULL,
    `confirmed_at` DATETIME(3) NULL,
    `completed_at` DATETIME(3) NULL,
    `created_at` DATETIME(3) NOT NULL,
    `updated_at` DATETIME(3) NOT NULL,

    UNIQUE INDEX `bookings_booking_number_key`(`booking_number`),
    INDEX `bookings_user_id_id_idx`(`user_id`, `id`),
    INDEX `bookings_user_id_status_id_idx`(`user_id`, `status`, `id`),
    INDEX `bookings_status_expires_at_idx`(`status`, `expires_at`),
    INDEX `bookings_status_id_idx`(`status`, `id`),
    INDEX `bookings_vehicle_id_id_idx`(`vehicle_id`, `id`),
    INDEX `bookings_referred_by_id_idx`(`referred_by_id`),
    INDEX `bookings_created_at_id_idx`(`created_at`, `id`),
    PRIMARY KEY (`id`),
    CONSTRAINT `bookings_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `bookings_vehicle_id_fkey` FOREIGN KEY (`vehicle_id`) REFERENCES `vehicles`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `bookings_referred_by_id_fkey` FOREIGN KEY (`referred_by_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `bookings_total_paid_check` CHECK (total_paid >= 0 AND total_paid <= total_amount)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `stock_movements` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `vehicle_id` INTEGER NOT NULL,
    `booking_id` INTEGER NULL,
    `actor_id` INTEGER NULL,
    `reason` ENUM('initial', 'adjustment', 'reservation', 'release') NOT NULL,
    `delta` INTEGER NOT NULL,
    `created_at` DATETIME(3) NOT NULL,

    UNIQUE INDEX `stock_movements_booking_id_reason_key`(`booking_id`, `reason`),
    INDEX `stock_movements_vehicle_id_id_idx`(`vehicle_id`, `id`),
    INDEX `stock_movements_actor_id_idx`(`actor_id`),
    PRIMARY KEY (`id`),
    CONSTRAINT `stock_movements_vehicle_id_fkey` FOREIGN KEY (`vehicle_id`) REFERENCES `vehicles`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `stock_movements_booking_id_fkey` FOREIGN KEY (`booking_id`) REFERENCES `bookings`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `stock_movements_actor_id_fkey` FOREIGN KEY (`actor_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `instalments` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `booking_id` INTEGER NOT NULL,
    `number` INTEGER NOT NULL,
    `due_date` CHAR(10) NOT NULL,
    `amount` BIGINT NOT NULL,
    `principal` BIGINT NOT NULL,
    `interest` BIGINT NOT NULL,
    `paid_amount` BIGINT NOT NULL DEFAULT 0,
    `status` ENUM('pending', 'partial', 'paid', 'overdue') NOT NULL DEFAULT 'pending',
    `paid_at` DATETIME(3) NULL,

    UNIQUE INDEX `instalments_booking_id_number_key`(`booking_id`, `number`),
    INDEX `instalments_status_due_date_idx`(`status`, `due_date`),
    PRIMARY KEY (`id`),
    CONSTRAINT `instalments_booking_id_fkey` FOREIGN KEY (`booking_id`) REFERENCES `bookings`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `instalments_paid_check` CHECK (paid_amount >= 0 AND paid_amount <= amount)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `payments` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `booking_id` INTEGER NOT NULL,
    `user_id` INTEGER NOT NULL,
    `recorded_by_id` INTEGER NULL,
    `amount` BIGINT NOT NULL,
    `refunded_amount` BIGINT NOT NULL DEFAULT 0,
    `payment_method` ENUM('online', 'bank_transfer', 'cash', 'wallet', 'emi_deduction') NOT NULL,
    `status` ENUM('pending', 'completed', 'failed', 'refunded') NOT NULL,
    `transaction_id` VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    `notes` VARCHAR(1000) NOT NULL DEFAULT '',
    `payment_date` DATETIME(3) NOT NULL,
    `completed_at` DATETIME(3) NULL,
    `created_at` DATETIME(3) NOT NULL,

    UNIQUE INDEX `payments_transaction_id_key`(`transaction_id`),
    INDEX `payments_booking_id_id_idx`(`booking_id`, `id`),
    INDEX `payments_user_id_id_idx`(`user_id`, `id`),
    INDEX `payments_status_id_idx`(`status`, `id`),
    INDEX `payments_status_completed_at_idx`(`status`, `completed_at`),
    INDEX `payments_recorded_by_id_idx`(`recorded_by_id`),
    PRIMARY KEY (`id`),
    CONSTRAINT `payments_booking_id_fkey` FOREIGN KEY (`booking_id`) REFERENCES `bookings`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `payments_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `payments_recorded_by_id_fkey` FOREIGN KEY (`recorded_by_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `payments_amount_check` CHECK (amount > 0),
    CONSTRAINT `payments_refunded_check` CHECK (refunded_amount >= 0 AND refunded_amount <= amount)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `payment_orders` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `provider` VARCHAR(30) NOT NULL,
    `provider_order_id` VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    `booking_id` INTEGER NOT NULL,
    `user_id` INTEGER NOT NULL,
    `payment_id` INTEGER NULL,
    `amount` BIGINT NOT NULL,
    `status` ENUM('created', 'paid', 'failed') NOT NULL DEFAULT 'created',
    `created_at` DATETIME(3) NOT NULL,
    `updated_at` DATETIME(3) NOT NULL,

    UNIQUE INDEX `payment_orders_payment_id_key`(`payment_id`),
    UNIQUE INDEX `payment_orders_provider_provider_order_id_key`(`provider`, `provider_order_id`),
    INDEX `payment_orders_booking_id_idx`(`booking_id`),
    INDEX `payment_orders_user_id_id_idx`(`user_id`, `id`),
    PRIMARY KEY (`id`),
    CONSTRAINT `payment_orders_booking_id_fkey` FOREIGN KEY (`booking_id`) REFERENCES `bookings`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `payment_orders_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `payment_orders_payment_id_fkey` FOREIGN KEY (`payment_id`) REFERENCES `payments`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `payment_orders_amount_check` CHECK (amount > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `provider_events` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `provider` VARCHAR(30) NOT NULL,
    `event_id` VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    `event_type` VARCHAR(100) NOT NULL,
    `received_at` DATETIME(3) NOT NULL,

    UNIQUE INDEX `provider_events_provider_event_id_key`(`provider`, `event_id`),
    INDEX `provider_events_received_at_idx`(`received_at`),
    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `refunds` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `payment_id` INTEGER NOT NULL,
    `booking_id` INTEGER NOT NULL,
    `user_id` INTEGER NOT NULL,
    `actor_id` INTEGER NULL,
    `amount` BIGINT NOT NULL,
    `reason` VARCHAR(1000) NOT NULL,
    `created_at` DATETIME(3) NOT NULL,

    INDEX `refunds_payment_id_idx`(`payment_id`),
    INDEX `refunds_booking_id_idx`(`booking_id`),
    INDEX `refunds_user_id_id_idx`(`user_id`, `id`),
    INDEX `refunds_actor_id_idx`(`actor_id`),
    PRIMARY KEY (`id`),
    CONSTRAINT `refunds_payment_id_fkey` FOREIGN KEY (`payment_id`) REFERENCES `payments`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `refunds_booking_id_fkey` FOREIGN KEY (`booking_id`) REFERENCES `bookings`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `refunds_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `refunds_actor_id_fkey` FOREIGN KEY (`actor_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `refunds_amount_check` CHECK (amount > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `wallets` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `user_id` INTEGER NOT NULL,
    `balance` BIGINT NOT NULL DEFAULT 0,
    `held` BIGINT NOT NULL DEFAULT 0,
    `emi_reserve` BIGINT NOT NULL DEFAULT 0,
    `recoverable` BIGINT NOT NULL DEFAULT 0,
    `total_earned` BIGINT NOT NULL DEFAULT 0,
    `total_withdrawn` BIGINT NOT NULL DEFAULT 0,
    `created_at` DATETIME(3) NOT NULL,
    `updated_at` DATETIME(3) NOT NULL,

    UNIQUE INDEX `wallets_user_id_key`(`user_id`),
    PRIMARY KEY (`id`),
    CONSTRAINT `wallets_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `wallets_balance_check` CHECK (balance >= 0 AND held >= 0 AND balance >= held),
    CONSTRAINT `wallets_reserve_check` CHECK (emi_reserve >= 0 AND recoverable >= 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `journal_entries` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `key` VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    `reference_type` VARCHAR(50) NOT NULL,
    `reference_id` INTEGER NOT NULL,
    `reverses_id` INTEGER NULL,
    `actor_id` INTEGER NULL,
    `plan_version` INTEGER NULL,
    `created_at` DATETIME(3) NOT NULL,

    UNIQUE INDEX `journal_entries_key_key`(`key`),
    UNIQUE INDEX `journal_entries_reverses_id_key`(`reverses_id`),
    INDEX `journal_entries_reference_type_reference_id_idx`(`reference_type`, `reference_id`),
    INDEX `journal_entries_created_at_id_idx`(`created_at`, `id`),
    INDEX `journal_entries_actor_id_idx`(`actor_id`),
    PRIMARY KEY (`id`),
    CONSTRAINT `journal_entries_reverses_id_fkey` FOREIGN KEY (`reverses_id`) REFERENCES `journal_entries`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `journal_entries_actor_id_fkey` FOREIGN KEY (`actor_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `referral_bonuses` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `payment_id` INTEGER NOT NULL,
    `booking_id` INTEGER NOT NULL,
    `referrer_id` INTEGER NOT NULL,
    `journal_entry_id` INTEGER NOT NULL,
    `amount` BIGINT NOT NULL,
    `reversed_amount` BIGINT NOT NULL DEFAULT 0,
    `plan_version` INTEGER NOT NULL,
    `created_at` DATETIME(3) NOT NULL,

    UNIQUE INDEX `referral_bonuses_payment_id_key`(`payment_id`),
    UNIQUE INDEX `referral_bonuses_journal_entry_id_key`(`journal_entry_id`),
    INDEX `referral_bonuses_referrer_id_id_idx`(`referrer_id`, `id`),
    INDEX `referral_bonuses_booking_id_idx`(`booking_id`),
    PRIMARY KEY (`id`),
    CONSTRAINT `referral_bonuses_payment_id_fkey` FOREIGN KEY (`payment_id`) REFERENCES `payments`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `referral_bonuses_booking_id_fkey` FOREIGN KEY (`booking_id`) REFERENCES `bookings`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `referral_bonuses_referrer_id_fkey` FOREIGN KEY (`referrer_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `referral_bonuses_journal_entry_id_fkey` FOREIGN KEY (`journal_entry_id`) REFERENCES `journal_entries`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `referral_bonuses_reversed_check` CHECK (reversed_amount >= 0 AND reversed_amount <= amount)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `wallet_transactions` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `wallet_id` INTEGER NOT NULL,
    `user_id` INTEGER NOT NULL,
    `journal_entry_id` INTEGER NOT NULL,
    `line_number` INTEGER NOT NULL,
    `transaction_type` ENUM('REFERRAL_BONUS', 'BINARY_PAIR', 'EMI_DEDUCTION', 'RESERVE_DEDUCTION', 'PAYOUT', 'DEPOSIT', 'REFUND', 'BOOKING_PAYMENT', 'REVERSAL', 'RECOVERY', 'ADJUSTMENT') NOT NULL,
    `amount` BIGINT NOT NULL,
    `balance_before` BIGINT NOT NULL,
    `balance_after` BIGINT NOT NULL,
    `description` VARCHAR(500) NOT NULL,
    `reference_type` VARCHAR(50) NOT NULL,
    `reference_id` INTEGER NOT NULL,
    `created_at` DATETIME(3) NOT NULL,

    UNIQUE INDEX `wallet_transactions_journal_entry_id_user_id_line_number_key`(`journal_entry_id`, `user_id`, `line_number`),
    INDEX `wallet_transactions_user_id_id_idx`(`user_id`, `id`),
    INDEX `wallet_transactions_user_id_transaction_type_id_idx`(`user_id`, `transaction_type`, `id`),
    INDEX `wallet_transactions_user_id_created_at_id_idx`(`user_id`, `created_at`, `id`),
    INDEX `wallet_transactions_wallet_id_id_idx`(`wallet_id`, `id`),
    PRIMARY KEY (`id`),
    CONSTRAINT `wallet_transactions_wallet_id_fkey` FOREIGN KEY (`wallet_id`) REFERENCES `wallets`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `wallet_transactions_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `wallet_transactions_journal_entry_id_fkey` FOREIGN KEY (`journal_entry_id`) REFERENCES `journal_entries`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `wallet_transactions_amount_check` CHECK (amount <> 0),
    CONSTRAINT `wallet_transactions_balance_check` CHECK (balance_after = balance_before + amount AND balance_after >= 0 AND balance_before >= 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `journal_lines` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `entry_id` INTEGER NOT NULL,
    `account_kind` ENUM('member_wallet', 'member_hold', 'member_emi_reserve', 'member_recoverable', 'booking_receipts', 'bank', 'commission_expense', 'tds_payable') NOT NULL,
    `user_id` INTEGER NULL,
    `booking_id` INTEGER NULL,
    `amount` BIGINT NOT NULL,

    INDEX `journal_lines_entry_id_idx`(`entry_id`),
    INDEX `journal_lines_user_id_account_kind_id_idx`(`user_id`, `account_kind`, `id`),
    INDEX `journal_lines_booking_id_id_idx`(`booking_id`, `id`),
    INDEX `journal_lines_account_kind_id_idx`(`account_kind`, `id`),
    PRIMARY KEY (`id`),
    CONSTRAINT `journal_lines_entry_id_fkey` FOREIGN KEY (`entry_id`) REFERENCES `journal_entries`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `journal_lines_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `journal_lines_booking_id_fkey` FOREIGN KEY (`booking_id`) REFERENCES `bookings`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `journal_lines_amount_check` CHECK (amount <> 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `placements` (
    `seq` INTEGER NOT NULL,
    `user_id` INTEGER NOT NULL,
    `sponsor_seq` INTEGER NULL,
    `parent_seq` INTEGER NULL,
    `side` ENUM('left', 'right') NULL,
    `level` INTEGER NOT NULL,
    `placed_at` DATETIME(3) NOT NULL,
    `qualified_at` DATETIME(3) NULL,

    UNIQUE INDEX `placements_user_id_key`(`user_id`),
    UNIQUE INDEX `placements_parent_seq_side_key`(`parent_seq`, `side`),
    INDEX `placements_sponsor_seq_seq_idx`(`sponsor_seq`, `seq`),
    PRIMARY KEY (`seq`),
    CONSTRAINT `placements_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `placements_sponsor_seq_fkey` FOREIGN KEY (`sponsor_seq`) REFERENCES `placements`(`seq`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `placements_parent_seq_fkey` FOREIGN KEY (`parent_seq`) REFERENCES `placements`(`seq`) ON DELETE RESTRICT ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `legs` (
    `seq` INTEGER NOT NULL,
    `left_team` INTEGER NOT NULL DEFAULT 0,
    `right_team` INTEGER NOT NULL DEFAULT 0,
    `left_qualified` INTEGER NOT NULL DEFAULT 0,
    `right_qualified` INTEGER NOT NULL DEFAULT 0,
    `left_consumed` INTEGER NOT NULL DEFAULT 0,
    `right_consumed` INTEGER NOT NULL DEFAULT 0,
    `pairs_matched` INTEGER NOT NULL DEFAULT 0,
    `pairs_month` CHAR(7) NOT NULL DEFAULT '',
    `pairs_this_month` INTEGER NOT NULL DEFAULT 0,

    PRIMARY KEY (`seq`),
    CONSTRAINT `legs_seq_fkey` FOREIGN KEY (`seq`) REFERENCES `placements`(`seq`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `legs_left_check` CHECK (left_consumed >= 0 AND left_consumed <= left_qualified AND left_qualified <= left_team),
    CONSTRAINT `legs_right_check` CHECK (right_consumed >= 0 AND right_consumed <= right_qualified AND right_qualified <= right_team),
    CONSTRAINT `legs_pairs_check` CHECK (pairs_matched >= 0 AND pairs_this_month >= 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `network_head` (
    `id` INTEGER NOT NULL,
    `version` INTEGER NOT NULL,
    `last_seq` INTEGER NOT NULL,
    `month` CHAR(7) NOT NULL,
    `updated_at` DATETIME(3) NOT NULL,

    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `pairs` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `user_id` INTEGER NOT NULL,
    `left_user_id` INTEGER NOT NULL,
    `right_user_id` INTEGER NOT NULL,
    `pair_number` INTEGER NOT NULL,
    `pair_amount` BIGINT NOT NULL,
    `earning_amount` BIGINT NOT NULL,
    `status` ENUM('matched', 'processed') NOT NULL DEFAULT 'matched',
    `month` CHAR(7) NOT NULL,
    `is_active_buyer` BOOLEAN NOT NULL,
    `plan_version` INTEGER NOT NULL,
    `created_at` DATETIME(3) NOT NULL,
    `matched_at` DATETIME(3) NOT NULL,
    `processed_at` DATETIME(3) NULL,

    UNIQUE INDEX `pairs_user_id_pair_number_key`(`user_id`, `pair_number`),
    UNIQUE INDEX `pairs_user_id_left_user_id_key`(`user_id`, `left_user_id`),
    UNIQUE INDEX `pairs_user_id_right_user_id_key`(`user_id`, `right_user_id`),
    INDEX `pairs_user_id_month_idx`(`user_id`, `month`),
    INDEX `pairs_status_id_idx`(`status`, `id`),
    INDEX `pairs_left_user_id_idx`(`left_user_id`),
    INDEX `pairs_right_user_id_idx`(`right_user_id`),
    PRIMARY KEY (`id`),
    CONSTRAINT `pairs_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `pairs_left_user_id_fkey` FOREIGN KEY (`left_user_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `pairs_right_user_id_fkey` FOREIGN KEY (`right_user_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `pair_flushes` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `user_id` INTEGER NOT NULL,
    `month` CHAR(7) NOT NULL,
    `member_count` INTEGER NOT NULL,
    `created_at` DATETIME(3) NOT NULL,

    UNIQUE INDEX `pair_flushes_user_id_month_key`(`user_id`, `month`),
    PRIMARY KEY (`id`),
    CONSTRAINT `pair_flushes_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `pair_flush_members` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `flush_id` INTEGER NOT NULL,
    `side` ENUM('left', 'right') NOT NULL,
    `member_seq` INTEGER NOT NULL,

    UNIQUE INDEX `pair_flush_members_flush_id_member_seq_key`(`flush_id`, `member_seq`),
    PRIMARY KEY (`id`),
    CONSTRAINT `pair_flush_members_flush_id_fkey` FOREIGN KEY (`flush_id`) REFERENCES `pair_flushes`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `earnings` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `user_id` INTEGER NOT NULL,
    `pair_id` INTEGER NOT NULL,
    `journal_entry_id` INTEGER NOT NULL,
    `pair_number` INTEGER NOT NULL,
    `amount` BIGINT NOT NULL,
    `emi_deducted` BIGINT NOT NULL,
    `net_amount` BIGINT NOT NULL,
    `created_at` DATETIME(3) NOT NULL,

    UNIQUE INDEX `earnings_pair_id_key`(`pair_id`),
    UNIQUE INDEX `earnings_journal_entry_id_key`(`journal_entry_id`),
    INDEX `earnings_user_id_id_idx`(`user_id`, `id`),
    PRIMARY KEY (`id`),
    CONSTRAINT `earnings_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `earnings_pair_id_fkey` FOREIGN KEY (`pair_id`) REFERENCES `pairs`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `earnings_journal_entry_id_fkey` FOREIGN KEY (`journal_entry_id`) REFERENCES `journal_entries`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `payout_batches` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `created_by_id` INTEGER NOT NULL,
    `payout_count` INTEGER NOT NULL,
    `total_amount` BIGINT NOT NULL,
    `created_at` DATETIME(3) NOT NULL,
    `results_imported_at` DATETIME(3) NULL,

    INDEX `payout_batches_created_by_id_idx`(`created_by_id`),
    PRIMARY KEY (`id`),
    CONSTRAINT `payout_batches_created_by_id_fkey` FOREIGN KEY (`created_by_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `payouts` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `user_id` INTEGER NOT NULL,
    `requested_amount` BIGINT NOT NULL,
    `tds_amount` BIGINT NOT NULL,
    `net_amount` BIGINT NOT NULL,
    `emi_auto_filled` BOOLEAN NOT NULL DEFAULT false,
    `emi_amount` BIGINT NOT NULL DEFAULT 0,
    `transfer_amount` BIGINT NOT NULL,
    `status` ENUM('pending', 'processing', 'completed', 'rejected', 'cancelled', 'failed') NOT NULL DEFAULT 'pending',
    `bank_name` VARCHAR(200) NOT NULL,
    `account_number_encrypted` VARCHAR(255) NOT NULL,
    `account_number_hash` CHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    `account_number_last4` VARCHAR(4) NOT NULL,
    `ifsc_code` VARCHAR(11) NOT NULL,
    `account_holder_name` VARCHAR(200) NOT NULL,
    `bank_reference` VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    `failure_reason` VARCHAR(1000) NOT NULL DEFAULT '',
    `notes` VARCHAR(1000) NOT NULL DEFAULT '',
    `plan_version` INTEGER NOT NULL,
    `approved_by_id` INTEGER NULL,
    `batch_id` INTEGER NULL,
    `created_at` DATETIME(3) NOT NULL,
    `processed_at` DATETIME(3) NULL,
    `completed_at` DATETIME(3) NULL,
    `updated_at` DATETIME(3) NOT NULL,

    UNIQUE INDEX `payouts_bank_reference_key`(`bank_reference`),
    INDEX `payouts_user_id_id_idx`(`user_id`, `id`),
    INDEX `payouts_status_id_idx`(`status`, `id`),
    INDEX `payouts_created_at_id_idx`(`created_at`, `id`),
    INDEX `payouts_approved_by_id_idx`(`approved_by_id`),
    INDEX `payouts_batch_id_idx`(`batch_id`),
    PRIMARY KEY (`id`),
    CONSTRAINT `payouts_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `payouts_approved_by_id_fkey` FOREIGN KEY (`approved_by_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `payouts_batch_id_fkey` FOREIGN KEY (`batch_id`) REFERENCES `payout_batches`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `payouts_parts_check` CHECK (requested_amount = transfer_amount + emi_amount + tds_amount AND net_amount = transfer_amount + emi_amount),
    CONSTRAINT `payouts_amounts_check` CHECK (requested_amount >= 0 AND transfer_amount >= 0 AND emi_amount >= 0 AND tds_amount >= 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `holds` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `user_id` INTEGER NOT NULL,
    `payout_id` INTEGER NOT NULL,
    `amount` BIGINT NOT NULL,
    `status` ENUM('active', 'released', 'captured') NOT NULL DEFAULT 'active',
    `created_at` DATETIME(3) NOT NULL,
    `closed_at` DATETIME(3) NULL,

    UNIQUE INDEX `holds_payout_id_key`(`payout_id`),
    INDEX `holds_user_id_status_idx`(`user_id`, `status`),
    PRIMARY KEY (`id`),
    CONSTRAINT `holds_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `holds_payout_id_fkey` FOREIGN KEY (`payout_id`) REFERENCES `payouts`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `holds_amount_check` CHECK (amount > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `payout_transactions` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `payout_id` INTEGER NOT NULL,
    `user_id` INTEGER NOT NULL,
    `transaction_type` ENUM('payout', 'tds', 'emi_auto_fill') NOT NULL,
    `amount` BIGINT NOT NULL,
    `description` VARCHAR(500) NOT NULL,
    `created_at` DATETIME(3) NOT NULL,

    UNIQUE INDEX `payout_transactions_payout_id_transaction_type_key`(`payout_id`, `transaction_type`),
    INDEX `payout_transactions_user_id_id_idx`(`user_id`, `id`),
    PRIMARY KEY (`id`),
    CONSTRAINT `payout_transactions_payout_id_fkey` FOREIGN KEY (`payout_id`) REFERENCES `payouts`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `payout_transactions_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `tds_records` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `user_id` INTEGER NOT NULL,
    `financial_year` CHAR(7) NOT NULL,
    `total_payout` BIGINT NOT NULL DEFAULT 0,
    `tds_deducted` BIGINT NOT NULL DEFAULT 0,
    `q1_payout` BIGINT NOT NULL DEFAULT 0,
    `q1_tds` BIGINT NOT NULL DEFAULT 0,
    `q2_payout` BIGINT NOT NULL DEFAULT 0,
    `q2_tds` BIGINT NOT NULL DEFAULT 0,
    `q3_payout` BIGINT NOT NULL DEFAULT 0,
    `q3_tds` BIGINT NOT NULL DEFAULT 0,
    `q4_payout` BIGINT NOT NULL DEFAULT 0,
    `q4_tds` BIGINT NOT NULL DEFAULT 0,
    `certificate_number` VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    `created_at` DATETIME(3) NOT NULL,
    `updated_at` DATETIME(3) NOT NULL,

    UNIQUE INDEX `tds_records_certificate_number_key`(`certificate_number`),
    UNIQUE INDEX `tds_records_user_id_financial_year_key`(`user_id`, `financial_year`),
    INDEX `tds_records_financial_year_id_idx`(`financial_year`, `id`),
    PRIMARY KEY (`id`),
    CONSTRAINT `tds_records_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `plans` (
    `version` INTEGER NOT NULL,
    `effective_from` DATETIME(3) NOT NULL,
    `settings` JSON NOT NULL,
    `created_by_id` INTEGER NULL,
    `created_at` DATETIME(3) NOT NULL,

    INDEX `plans_effective_from_idx`(`effective_from`),
    INDEX `plans_created_by_id_idx`(`created_by_id`),
    PRIMARY KEY (`version`),
    CONSTRAINT `plans_created_by_id_fkey` FOREIGN KEY (`created_by_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `notifications` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `user_id` INTEGER NOT NULL,
    `dedupe_key` VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    `notification_type` VARCHAR(50) NOT NULL,
    `title` VARCHAR(200) NOT NULL,
    `message` VARCHAR(1000) NOT NULL,
    `is_read` BOOLEAN NOT NULL DEFAULT false,
    `read_at` DATETIME(3) NULL,
    `reference_type` VARCHAR(50) NULL,
    `reference_id` INTEGER NULL,
    `created_at` DATETIME(3) NOT NULL,

    UNIQUE INDEX `notifications_dedupe_key_key`(`dedupe_key`),
    INDEX `notifications_user_id_id_idx`(`user_id`, `id`),
    INDEX `notifications_user_id_is_read_id_idx`(`user_id`, `is_read`, `id`),
    PRIMARY KEY (`id`),
    CONSTRAINT `notifications_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE CASCADE ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `compliance_documents` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `user_id` INTEGER NOT NULL,
    `document_type` VARCHAR(50) NOT NULL,
    `title` VARCHAR(200) NOT NULL,
    `description` VARCHAR(1000) NOT NULL DEFAULT '',
    `file_key` VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    `content_type` VARCHAR(50) NOT NULL,
    `size_bytes` INTEGER NOT NULL,
    `is_verified` BOOLEAN NOT NULL DEFAULT false,
    `verified_by_id` INTEGER NULL,
    `verified_at` DATETIME(3) NULL,
    `uploaded_at` DATETIME(3) NOT NULL,

    UNIQUE INDEX `compliance_documents_file_key_key`(`file_key`),
    INDEX `compliance_documents_user_id_id_idx`(`user_id`, `id`),
    INDEX `compliance_documents_verified_by_id_idx`(`verified_by_id`),
    PRIMARY KEY (`id`),
    CONSTRAINT `compliance_documents_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `compliance_documents_verified_by_id_fkey` FOREIGN KEY (`verified_by_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `audit_log` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `actor_id` INTEGER NULL,
    `action` VARCHAR(100) NOT NULL,
    `subject_type` VARCHAR(50) NOT NULL,
    `subject_id` VARCHAR(100) NOT NULL,
    `details` JSON NOT NULL,
    `ip_address` VARCHAR(45) NULL,
    `request_id` VARCHAR(128) NULL,
    `previous_hash` CHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    `hash` CHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    `created_at` DATETIME(3) NOT NULL,

    UNIQUE INDEX `audit_log_hash_key`(`hash`),
    INDEX `audit_log_actor_id_id_idx`(`actor_id`, `id`),
    INDEX `audit_log_subject_type_subject_id_id_idx`(`subject_type`, `subject_id`, `id`),
    INDEX `audit_log_created_at_id_idx`(`created_at`, `id`),
    PRIMARY KEY (`id`),
    CONSTRAINT `audit_log_actor_id_fkey` FOREIGN KEY (`actor_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `settings` (
    `key` VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    `value` JSON NOT NULL,
    `updated_by_id` INTEGER NULL,
    `updated_at` DATETIME(3) NOT NULL,

    INDEX `settings_updated_by_id_idx`(`updated_by_id`),
    PRIMARY KEY (`key`),
    CONSTRAINT `settings_updated_by_id_fkey` FOREIGN KEY (`updated_by_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `outbox_messages` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `message_id` CHAR(36) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    `name` VARCHAR(100) NOT NULL,
    `payload` JSON NOT NULL,
    `request_id` VARCHAR(128) NULL,
    `traceparent` VARCHAR(55) NULL,
    `created_at` DATETIME(3) NOT NULL,
    `published_at` DATETIME(3) NULL,
    `attempts` INTEGER NOT NULL DEFAULT 0,
    `last_error` VARCHAR(1000) NULL,

    UNIQUE INDEX `outbox_messages_message_id_key`(`message_id`),
    INDEX `outbox_messages_published_at_id_idx`(`published_at`, `id`),
    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `message_deliveries` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `message_id` CHAR(36) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    `handler` VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    `envelope` JSON NOT NULL,
    `state` ENUM('ready', 'parked') NOT NULL DEFAULT 'ready',
    `attempt` INTEGER NOT NULL DEFAULT 1,
    `available_at` DATETIME(3) NOT NULL,
    `leased_until` DATETIME(3) NULL,
    `reason` VARCHAR(1000) NULL,
    `created_at` DATETIME(3) NOT NULL,

    UNIQUE INDEX `message_deliveries_message_id_handler_key`(`message_id`, `handler`),
    INDEX `message_deliveries_handler_state_available_at_idx`(`handler`, `state`, `available_at`),
    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `idempotency_records` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `scope` VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    `key_hash` CHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    `fingerprint` CHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    `result` JSON NULL,
    `created_at` DATETIME(3) NOT NULL,
    `expires_at` DATETIME(3) NOT NULL,

    UNIQUE INDEX `idempotency_records_scope_key_hash_key`(`scope`, `key_hash`),
    INDEX `idempotency_records_expires_at_idx`(`expires_at`),
    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `leases` (
    `name` VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    `holder` VARCHAR(100) NOT NULL,
    `fencing_token` INTEGER NOT NULL,
    `expires_at` DATETIME(3) NOT NULL,

    PRIMARY KEY (`name`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTrigger
CREATE TRIGGER `journal_entries_no_update` BEFORE UPDATE ON `journal_entries`
FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'journal_entries is append-only';

-- CreateTrigger
CREATE TRIGGER `journal_entries_no_delete` BEFORE DELETE ON `journal_entries`
FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'journal_entries is append-only';

-- CreateTrigger
CREATE TRIGGER `journal_lines_no_update` BEFORE UPDATE ON `journal_lines`
FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'journal_lines is append-only';

-- CreateTrigger
CREATE TRIGGER `journal_lines_no_delete` BEFORE DELETE ON `journal_lines`
FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'journal_lines is append-only';

-- CreateTrigger
CREATE TRIGGER `wallet_transactions_no_update` BEFORE UPDATE ON `wallet_transactions`
FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'wallet_transactions is append-only';

-- CreateTrigger
CREATE TRIGGER `wallet_transactions_no_delete` BEFORE DELETE ON `wallet_transactions`
FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'wallet_transactions is append-only';
