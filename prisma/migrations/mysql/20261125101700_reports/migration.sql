-- CreateIndex
CREATE INDEX `pairs_month_idx` ON `pairs`(`month`);
