-- CreateIndex
CREATE INDEX "notifications_user_id_notification_type_id_idx" ON "notifications"("user_id", "notification_type", "id");
