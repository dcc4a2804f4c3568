-- AlterTable
ALTER TABLE `users` ADD COLUMN `erasure_requested_at` DATETIME(3) NULL,
    ADD COLUMN `erased_at` DATETIME(3) NULL,
    ADD COLUMN `identity_kept_until` DATETIME(3) NULL;

-- CreateIndex
CREATE INDEX `users_identity_kept_until_idx` ON `users`(`identity_kept_until`);
CREATE INDEX `kyc_pan_document_idx` ON `kyc`(`pan_document`);
CREATE INDEX `kyc_aadhaar_front_idx` ON `kyc`(`aadhaar_front`);
CREATE INDEX `kyc_aadhaar_back_idx` ON `kyc`(`aadhaar_back`);
CREATE INDEX `kyc_bank_passbook_idx` ON `kyc`(`bank_passbook`);
CREATE INDEX `nominees_id_proof_document_idx` ON `nominees`(`id_proof_document`);
CREATE INDEX `vehicle_images_thumbnail_key_idx` ON `vehicle_images`(`thumbnail_key`);
