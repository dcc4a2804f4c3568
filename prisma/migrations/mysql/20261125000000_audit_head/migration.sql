-- CreateTable
CREATE TABLE `audit_head` (
    `id` INTEGER NOT NULL,
    `hash` CHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,

    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- The chain begins with sixty-four zeros.
INSERT INTO `audit_head` (`id`, `hash`) VALUES (1, '0000000000000000000000000000000000000000000000000000000000000000');

-- CreateTrigger
CREATE TRIGGER `audit_log_no_update` BEFORE UPDATE ON `audit_log`
FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit_log is append-only';

-- CreateTrigger
CREATE TRIGGER `audit_log_no_delete` BEFORE DELETE ON `audit_log`
FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit_log is append-only';
