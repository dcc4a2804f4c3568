-- That no member is used twice is promised by an index that begins with the member: pairs of new members lie together in it, those of their earners do not.
-- It also finds the pairs that stand on a member. The pairs of an earner are in the order of their numbers, a few of each month.
-- CreateIndex
CREATE UNIQUE INDEX "pairs_left_user_id_user_id_standing_left_id_key" ON "pairs"("left_user_id", "user_id", "standing_left_id");

-- CreateIndex
CREATE UNIQUE INDEX "pairs_right_user_id_user_id_standing_right_id_key" ON "pairs"("right_user_id", "user_id", "standing_right_id");

-- DropIndex
DROP INDEX "pairs_user_id_standing_left_id_key";

-- DropIndex
DROP INDEX "pairs_user_id_standing_right_id_key";

-- DropIndex
DROP INDEX "pairs_left_user_id_idx";

-- DropIndex
DROP INDEX "pairs_right_user_id_idx";

-- DropIndex
DROP INDEX "pairs_user_id_id_idx";
