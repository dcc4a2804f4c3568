-- CreateTable
CREATE TABLE "opening_balances" (
    "user_id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "balance" BIGINT NOT NULL,
    "emi_reserve" BIGINT NOT NULL,
    "recoverable" BIGINT NOT NULL,
    "total_earned" BIGINT NOT NULL,
    "total_withdrawn" BIGINT NOT NULL,
    "created_at" DATETIME NOT NULL,
    CONSTRAINT "opening_balances_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "legacy_rows" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "table_name" TEXT NOT NULL,
    "legacy_id" INTEGER NOT NULL,
    "user_id" INTEGER,
    "data" JSONB NOT NULL,
    CONSTRAINT "legacy_rows_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateIndex
CREATE UNIQUE INDEX "legacy_rows_table_name_legacy_id_key" ON "legacy_rows"("table_name", "legacy_id");

-- CreateIndex
CREATE INDEX "legacy_rows_user_id_table_name_legacy_id_idx" ON "legacy_rows"("user_id", "table_name", "legacy_id");
