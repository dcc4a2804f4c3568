-- Nobody looks for placements by their sponsor, and sponsors lie anywhere: on SQLite the index cost a page of the log for every placement.
-- MySQL wants one for the foreign key all the same.
-- CreateIndex
CREATE INDEX `placements_sponsor_seq_fkey` ON `placements`(`sponsor_seq`);

-- DropIndex
DROP INDEX `placements_sponsor_seq_seq_idx` ON `placements`;
