-- CreateTable
CREATE TABLE "wallet_adjustments" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "actor_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "created_at" DATETIME NOT NULL,
    CONSTRAINT "wallet_adjustments_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "wallet_adjustments_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "wallet_adjustments_amount_check" CHECK (amount <> 0)
);

-- CreateIndex
CREATE INDEX "wallet_adjustments_user_id_id_idx" ON "wallet_adjustments"("user_id", "id");

-- CreateIndex
CREATE INDEX "wallet_adjustments_actor_id_idx" ON "wallet_adjustments"("actor_id");

-- AlterTable
ALTER TABLE "payouts" ADD COLUMN "bank_transfer_id" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "payouts_bank_transfer_id_key" ON "payouts"("bank_transfer_id");
