-- CreateIndex
CREATE INDEX "users_is_distributor_id_idx" ON "users"("is_distributor", "id");

-- CreateIndex
CREATE INDEX "users_first_name_idx" ON "users"("first_name");

-- CreateIndex
CREATE INDEX "users_last_name_idx" ON "users"("last_name");
