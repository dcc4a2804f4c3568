-- CreateIndex
CREATE INDEX `audit_log_subject_type_id_idx` ON `audit_log`(`subject_type`, `id`);
