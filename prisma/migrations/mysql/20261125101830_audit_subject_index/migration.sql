-- CreateIndex
CREATE INDEX `audit_log_subject_id_id_idx` ON `audit_log`(`subject_id`, `id`);
