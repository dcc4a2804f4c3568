-- CreateTable
CREATE TABLE `wallet_adjustments` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `user_id` INTEGER NOT NULL,
    `actor_id` INTEGER NOT NULL,
    `kind` ENUM('deposit', 'adjustment') NOT NULL,
    `amount` BIGINT NOT NULL,
    `reason` VARCHAR(500) NOT NULL,
    `created_at` DATETIME(3) NOT NULL,

    INDEX `wallet_adjustments_user_id_id_idx`(`user_id`, `id`),
    INDEX `wallet_adjustments_actor_id_idx`(`actor_id`),
    PRIMARY KEY (`id`),
    CONSTRAINT `wallet_adjustments_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `wallet_adjustments_actor_id_fkey` FOREIGN KEY (`actor_id`) REFERENCES `users`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `wallet_adjustments_amount_check` CHECK (amount <> 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- AlterTable
ALTER TABLE `payouts` ADD COLUMN `bank_transfer_id` VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL;

-- CreateIndex
CREATE UNIQUE INDEX `payouts_bank_transfer_id_key` ON `payouts`(`bank_transfer_id`);
