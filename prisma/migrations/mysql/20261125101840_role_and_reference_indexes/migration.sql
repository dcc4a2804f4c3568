-- DropIndex
DROP INDEX `wallet_transactions_user_id_id_reference_type_idx` ON `wallet_transactions`;

-- CreateIndex
CREATE INDEX `users_role_date_joined_id_idx` ON `users`(`role`, `date_joined`, `id`);

-- CreateIndex
CREATE INDEX `users_role_username_id_idx` ON `users`(`role`, `username`, `id`);

-- CreateIndex
CREATE INDEX `users_role_email_id_idx` ON `users`(`role`, `email`, `id`);

-- CreateIndex
CREATE INDEX `wallet_transactions_user_id_reference_type_id_idx` ON `wallet_transactions`(`user_id`, `reference_type`, `id`);
