-- AlterTable
ALTER TABLE `journal_lines` MODIFY `account_kind` ENUM('member_wallet', 'member_hold', 'member_emi_reserve', 'member_recoverable', 'booking_receipts', 'bank', 'commission_expense', 'tds_payable', 'opening') NOT NULL;

-- CreateTable
CREATE TABLE `opening_balances` (
    `user_id` INTEGER NOT NULL,
    `balance` BIGINT NOT NULL,
    `emi_reserve` BIGINT NOT NULL,
    `recoverable` BIGINT NOT NULL,
    `total_earned` BIGINT NOT NULL,
    `total_withdrawn` BIGINT NOT NULL,
    `created_at` DATETIME(3) NOT NULL,

    PRIMARY KEY (`user_id`),
    CONSTRAINT `opening_balances_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `legacy_rows` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `table_name` VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    `legacy_id` INTEGER NOT NULL,
    `user_id` INTEGER NULL,
    `data` JSON NOT NULL,

    INDEX `legacy_rows_user_id_table_name_legacy_id_idx`(`user_id`, `table_name`, `legacy_id`),
    UNIQUE INDEX `legacy_rows_table_name_legacy_id_key`(`table_name`, `legacy_id`),
    PRIMARY KEY (`id`),
    CONSTRAINT `legacy_rows_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
