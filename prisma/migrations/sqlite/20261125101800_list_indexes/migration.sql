-- CreateIndex
CREATE INDEX "kyc_status_submitted_at_id_idx" ON "kyc"("status", "submitted_at", "id");

-- CreateIndex
CREATE INDEX "kyc_submitted_at_id_idx" ON "kyc"("submitted_at", "id");

-- CreateIndex
CREATE INDEX "nominees_status_submitted_at_id_idx" ON "nominees"("status", "submitted_at", "id");

-- CreateIndex
CREATE INDEX "nominees_submitted_at_id_idx" ON "nominees"("submitted_at", "id");

-- CreateIndex
CREATE INDEX "bookings_payment_option_id_idx" ON "bookings"("payment_option", "id");

-- CreateIndex
CREATE INDEX "payments_payment_method_id_idx" ON "payments"("payment_method", "id");

-- CreateIndex
CREATE INDEX "wallet_transactions_transaction_type_id_idx" ON "wallet_transactions"("transaction_type", "id");

-- CreateIndex
CREATE INDEX "wallet_transactions_reference_type_id_idx" ON "wallet_transactions"("reference_type", "id");

-- CreateIndex
CREATE INDEX "wallet_transactions_created_at_id_idx" ON "wallet_transactions"("created_at", "id");

-- CreateIndex
CREATE INDEX "wallet_transactions_user_id_id_reference_type_idx" ON "wallet_transactions"("user_id", "id", "reference_type");

-- CreateIndex
CREATE INDEX "pairs_user_id_id_idx" ON "pairs"("user_id", "id");

-- CreateIndex
CREATE INDEX "compliance_documents_document_type_id_idx" ON "compliance_documents"("document_type", "id");

-- CreateIndex
CREATE INDEX "compliance_documents_is_verified_id_idx" ON "compliance_documents"("is_verified", "id");

-- CreateIndex
CREATE INDEX "audit_log_action_id_idx" ON "audit_log"("action", "id");

-- CreateIndex
CREATE INDEX "payments_created_at_id_idx" ON "payments"("created_at", "id");
