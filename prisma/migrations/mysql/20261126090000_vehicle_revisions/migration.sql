-- CreateTable
CREATE TABLE `vehicle_revisions` (
    `vehicle_id` INTEGER NOT NULL,
    `revision` INTEGER NOT NULL,

    PRIMARY KEY (`vehicle_id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTrigger
CREATE TRIGGER `vehicles_count_insert` AFTER INSERT ON `vehicles`
FOR EACH ROW INSERT INTO `vehicle_revisions` (`vehicle_id`, `revision`) VALUES (NEW.`id`, 1) ON DUPLICATE KEY UPDATE `revision` = `revision` + 1;

-- CreateTrigger
CREATE TRIGGER `vehicles_count_update` AFTER UPDATE ON `vehicles`
FOR EACH ROW INSERT INTO `vehicle_revisions` (`vehicle_id`, `revision`) VALUES (NEW.`id`, 1) ON DUPLICATE KEY UPDATE `revision` = `revision` + 1;

-- CreateTrigger
CREATE TRIGGER `vehicles_count_delete` AFTER DELETE ON `vehicles`
FOR EACH ROW INSERT INTO `vehicle_revisions` (`vehicle_id`, `revision`) VALUES (OLD.`id`, 1) ON DUPLICATE KEY UPDATE `revision` = `revision` + 1;

-- CreateTrigger
CREATE TRIGGER `vehicle_images_count_insert` AFTER INSERT ON `vehicle_images`
FOR EACH ROW INSERT INTO `vehicle_revisions` (`vehicle_id`, `revision`) VALUES (NEW.`vehicle_id`, 1) ON DUPLICATE KEY UPDATE `revision` = `revision` + 1;

-- CreateTrigger
CREATE TRIGGER `vehicle_images_count_update` AFTER UPDATE ON `vehicle_images`
FOR EACH ROW INSERT INTO `vehicle_revisions` (`vehicle_id`, `revision`) VALUES (NEW.`vehicle_id`, 1) ON DUPLICATE KEY UPDATE `revision` = `revision` + 1;

-- CreateTrigger
CREATE TRIGGER `vehicle_images_count_delete` AFTER DELETE ON `vehicle_images`
FOR EACH ROW INSERT INTO `vehicle_revisions` (`vehicle_id`, `revision`) VALUES (OLD.`vehicle_id`, 1) ON DUPLICATE KEY UPDATE `revision` = `revision` + 1;
