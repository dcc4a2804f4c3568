-- The pairs of a member in a month are found by the member: they are few.
DROP INDEX `pairs_user_id_month_idx` ON `pairs`;
