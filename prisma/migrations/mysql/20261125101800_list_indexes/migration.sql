-- CreateIndex
CREATE INDEX `kyc_status_submitted_at_id_idx` ON `kyc`(`status`, `submitted_at`, `id`);

-- CreateIndex
CREATE INDEX `kyc_submitted_at_id_idx` ON `kyc`(`submitted_at`, `id`);

-- CreateIndex
CREATE INDEX `nominees_status_submitted_at_id_idx` ON `nominees`(`status`, `submitted_at`, `id`);

-- CreateIndex
CREATE INDEX `nominees_submitted_at_id_idx` ON `nominees`(`submitted_at`, `id`);

-- CreateIndex
CREATE INDEX `bookings_payment_option_id_idx` ON `bookings`(`payment_option`, `id`);

-- CreateIndex
CREATE INDEX `payments_payment_method_id_idx` ON `payments`(`payment_method`, `id`);

-- CreateIndex
CREATE INDEX `wallet_transactions_transaction_type_id_idx` ON `wallet_transactions`(`transaction_type`, `id`);

-- CreateIndex
CREATE INDEX `wallet_transactions_reference_type_id_idx` ON `wallet_transactions`(`reference_type`, `id`);

-- CreateIndex
CREATE INDEX `wallet_transactions_created_at_id_idx` ON `wallet_transactions`(`created_at`, `id`);

-- CreateIndex
CREATE INDEX `pairs_user_id_id_idx` ON `pairs`(`user_id`, `id`);

-- CreateIndex
CREATE INDEX `compliance_documents_document_type_id_idx` ON `compliance_documents`(`document_type`, `id`);

-- CreateIndex
CREATE INDEX `compliance_documents_is_verified_id_idx` ON `compliance_documents`(`is_verified`, `id`);

-- CreateIndex
CREATE INDEX `audit_log_action_id_idx` ON `audit_log`(`action`, `id`);

-- CreateIndex
CREATE INDEX `payments_created_at_id_idx` ON `payments`(`created_at`, `id`);

-- CreateIndex
CREATE INDEX `notifications_user_id_notification_type_id_idx` ON `notifications`(`user_id`, `notification_type`, `id`);

-- CreateIndex
CREATE INDEX `users_is_active_date_joined_id_role_idx` ON `users`(`is_active`, `date_joined`, `id`, `role`);

-- CreateIndex
CREATE INDEX `users_is_active_buyer_date_joined_id_role_idx` ON `users`(`is_active_buyer`, `date_joined`, `id`, `role`);

-- CreateIndex
CREATE INDEX `users_is_distributor_date_joined_id_role_idx` ON `users`(`is_distributor`, `date_joined`, `id`, `role`);

-- CreateIndex
CREATE INDEX `users_date_joined_id_role_idx` ON `users`(`date_joined`, `id`, `role`);

-- CreateIndex
CREATE INDEX `users_username_id_role_idx` ON `users`(`username`, `id`, `role`);

-- CreateIndex
CREATE INDEX `users_email_id_role_idx` ON `users`(`email`, `id`, `role`);

-- CreateIndex
CREATE INDEX `users_first_name_last_name_idx` ON `users`(`first_name`, `last_name`);

-- CreateIndex
CREATE INDEX `audit_log_subject_id_id_idx` ON `audit_log`(`subject_id`, `id`);

-- CreateIndex
CREATE INDEX `users_role_date_joined_id_idx` ON `users`(`role`, `date_joined`, `id`);

-- CreateIndex
CREATE INDEX `users_role_username_id_idx` ON `users`(`role`, `username`, `id`);

-- CreateIndex
CREATE INDEX `users_role_email_id_idx` ON `users`(`role`, `email`, `id`);

-- CreateIndex
CREATE INDEX `wallet_transactions_user_id_reference_type_id_idx` ON `wallet_transactions`(`user_id`, `reference_type`, `id`);

-- CreateIndex
CREATE INDEX `audit_log_subject_type_id_idx` ON `audit_log`(`subject_type`, `id`);
