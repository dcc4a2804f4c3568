-- AlterTable
ALTER TABLE "users" ADD COLUMN "created_by_id" INTEGER CONSTRAINT "users_created_by_id_fkey" REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- CreateIndex
CREATE INDEX "users_created_by_id_idx" ON "users"("created_by_id");
