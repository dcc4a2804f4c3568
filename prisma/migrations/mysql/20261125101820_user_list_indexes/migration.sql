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
