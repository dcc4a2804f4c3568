-- Nobody looks for placements by their sponsor, and sponsors lie anywhere: on SQLite the index cost a page of the log for every placement.
-- DropIndex
DROP INDEX "placements_sponsor_seq_seq_idx";
