-- AlterTable
ALTER TABLE `payments` ADD COLUMN `bonus_due_at` DATETIME(3) NULL;

-- Payments of confirmed bookings that may still earn a bonus are looked at by the next run of the schedule.
UPDATE `payments` SET `bonus_due_at` = `completed_at`
WHERE `status` = 'completed'
  AND `payment_method` <> 'emi_deduction'
  AND `booking_id` IN (SELECT `id` FROM `bookings` WHERE `confirmed_at` IS NOT NULL AND `status` IN ('active', 'completed'))
  AND `id` NOT IN (SELECT `payment_id` FROM `referral_bonuses`);

-- CreateIndex
CREATE INDEX `payments_bonus_due_at_id_idx` ON `payments`(`bonus_due_at`, `id`);
