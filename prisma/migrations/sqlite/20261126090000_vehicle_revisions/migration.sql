-- CreateTable
CREATE TABLE "vehicle_revisions" (
    "vehicle_id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "revision" INTEGER NOT NULL
);

-- CreateTrigger
CREATE TRIGGER "vehicles_count_insert" AFTER INSERT ON "vehicles"
BEGIN
    INSERT INTO "vehicle_revisions" ("vehicle_id", "revision") VALUES (NEW."id", 1) ON CONFLICT ("vehicle_id") DO UPDATE SET "revision" = "revision" + 1;
END;

-- CreateTrigger
CREATE TRIGGER "vehicles_count_update" AFTER UPDATE ON "vehicles"
BEGIN
    INSERT INTO "vehicle_revisions" ("vehicle_id", "revision") VALUES (NEW."id", 1) ON CONFLICT ("vehicle_id") DO UPDATE SET "revision" = "revision" + 1;
END;

-- CreateTrigger
CREATE TRIGGER "vehicles_count_delete" AFTER DELETE ON "vehicles"
BEGIN
    INSERT INTO "vehicle_revisions" ("vehicle_id", "revision") VALUES (OLD."id", 1) ON CONFLICT ("vehicle_id") DO UPDATE SET "revision" = "revision" + 1;
END;

-- CreateTrigger
CREATE TRIGGER "vehicle_images_count_insert" AFTER INSERT ON "vehicle_images"
BEGIN
    INSERT INTO "vehicle_revisions" ("vehicle_id", "revision") VALUES (NEW."vehicle_id", 1) ON CONFLICT ("vehicle_id") DO UPDATE SET "revision" = "revision" + 1;
END;

-- CreateTrigger
CREATE TRIGGER "vehicle_images_count_update" AFTER UPDATE ON "vehicle_images"
BEGIN
    INSERT INTO "vehicle_revisions" ("vehicle_id", "revision") VALUES (NEW."vehicle_id", 1) ON CONFLICT ("vehicle_id") DO UPDATE SET "revision" = "revision" + 1;
END;

-- CreateTrigger
CREATE TRIGGER "vehicle_images_count_delete" AFTER DELETE ON "vehicle_images"
BEGIN
    INSERT INTO "vehicle_revisions" ("vehicle_id", "revision") VALUES (OLD."vehicle_id", 1) ON CONFLICT ("vehicle_id") DO UPDATE SET "revision" = "revision" + 1;
END;
