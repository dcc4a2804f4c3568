-- AlterTable
ALTER TABLE `placements` ADD COLUMN `is_qualified_by_sale` BOOLEAN NOT NULL DEFAULT false;

-- Who began to count under a plan that asks for a sale counts because of one.
UPDATE `placements` SET `is_qualified_by_sale` = true
WHERE `qualified_at` IS NOT NULL AND (
    SELECT `settings` FROM `plans` WHERE `effective_from` <= `placements`.`qualified_at` ORDER BY `effective_from` DESC, `version` DESC LIMIT 1
) LIKE '%qualified_sale%';

-- AlterTable
ALTER TABLE `pairs` MODIFY `status` ENUM('matched', 'processed', 'reversed') NOT NULL DEFAULT 'matched',
    ADD COLUMN `standing_left_id` INTEGER NULL,
    ADD COLUMN `standing_right_id` INTEGER NULL,
    ADD COLUMN `reversed_at` DATETIME(3) NULL,
    ADD COLUMN `reversed_side` ENUM('left', 'right') NULL;

-- Every pair so far stands.
UPDATE `pairs` SET `standing_left_id` = `left_user_id`, `standing_right_id` = `right_user_id`;

-- AddCheck
ALTER TABLE `pairs` ADD CONSTRAINT `pairs_standing_check` CHECK ((status = 'reversed' AND standing_left_id IS NULL AND standing_right_id IS NULL AND reversed_at IS NOT NULL AND reversed_side IS NOT NULL) OR (status <> 'reversed' AND standing_left_id IS NOT NULL AND standing_left_id = left_user_id AND standing_right_id IS NOT NULL AND standing_right_id = right_user_id AND reversed_at IS NULL AND reversed_side IS NULL));

-- CreateIndex
CREATE UNIQUE INDEX `pairs_user_id_standing_left_id_key` ON `pairs`(`user_id`, `standing_left_id`);

-- CreateIndex
CREATE UNIQUE INDEX `pairs_user_id_standing_right_id_key` ON `pairs`(`user_id`, `standing_right_id`);

-- DropIndex
DROP INDEX `pairs_user_id_left_user_id_key` ON `pairs`;

-- DropIndex
DROP INDEX `pairs_user_id_right_user_id_key` ON `pairs`;

-- CreateIndex
CREATE INDEX `pairs_month_status_idx` ON `pairs`(`month`, `status`);

-- DropIndex
DROP INDEX `pairs_month_idx` ON `pairs`;

-- CreateIndex
CREATE INDEX `pair_flush_members_member_seq_idx` ON `pair_flush_members`(`member_seq`);

-- AlterTable
ALTER TABLE `earnings` ADD COLUMN `reversed_amount` BIGINT NOT NULL DEFAULT 0;

-- AddCheck
ALTER TABLE `earnings` ADD CONSTRAINT `earnings_reversed_check` CHECK (reversed_amount = 0 OR reversed_amount = amount);
