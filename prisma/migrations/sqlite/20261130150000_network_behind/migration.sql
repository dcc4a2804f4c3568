-- AlterTable
ALTER TABLE "network_head" ADD COLUMN "legs_behind" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "network_head" ADD COLUMN "matching_behind" BOOLEAN NOT NULL DEFAULT false;
