-- A client may be shared with other facilities than the home. Who holds the same records by the same sharing is one room, and
-- the room is what tablets pull by: worked out from the record, so that it cannot differ from it (domain/facilities/place.ts).

ALTER TABLE "Client" ADD COLUMN "sharedWith" TEXT COLLATE "C";
ALTER TABLE "Enrollment" ADD COLUMN "sharedWith" TEXT COLLATE "C";
ALTER TABLE "Issue" ADD COLUMN "sharedWith" TEXT COLLATE "C";
ALTER TABLE "Client" ADD COLUMN "sharedFor" TEXT COLLATE "C";

ALTER TABLE "Client" ADD COLUMN "room" TEXT COLLATE "C" GENERATED ALWAYS AS
    (CASE WHEN "sharedWith" IS NULL THEN "facilityId" ELSE "facilityId" || '+' || "sharedWith" END) STORED;
ALTER TABLE "Enrollment" ADD COLUMN "room" TEXT COLLATE "C" GENERATED ALWAYS AS
    (CASE WHEN "sharedWith" IS NULL THEN "facilityId" ELSE "facilityId" || '+' || "sharedWith" END) STORED;
ALTER TABLE "Issue" ADD COLUMN "room" TEXT COLLATE "C" GENERATED ALWAYS AS
    (CASE WHEN "sharedWith" IS NULL THEN "facilityId" ELSE "facilityId" || '+' || "sharedWith" END) STORED;

DROP INDEX "Client_facilityId_seq_idx";
DROP INDEX "Client_facilityId_id_idx";
CREATE INDEX "Client_room_seq_idx" ON "Client"("room", "seq");
CREATE INDEX "Client_room_id_idx" ON "Client"("room", "id");
DROP INDEX "Enrollment_facilityId_seq_idx";
DROP INDEX "Enrollment_facilityId_id_idx";
CREATE INDEX "Enrollment_room_seq_idx" ON "Enrollment"("room", "seq");
CREATE INDEX "Enrollment_room_id_idx" ON "Enrollment"("room", "id");
DROP INDEX "Issue_facilityId_seq_idx";
DROP INDEX "Issue_facilityId_id_idx";
CREATE INDEX "Issue_room_seq_idx" ON "Issue"("room", "seq");
CREATE INDEX "Issue_room_id_idx" ON "Issue"("room", "id");
DROP INDEX "Client_removed_idx";
CREATE INDEX "Client_removed_idx" ON "Client"("room", "seq") WHERE deleted;

-- The rooms that there are because something was shared, by each facility that is in them.
CREATE TABLE "SharedRoom" (
    "room" TEXT COLLATE "C" NOT NULL,
    "facilityId" TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY ("room", "facilityId")
);
CREATE INDEX "SharedRoom_facilityId_idx" ON "SharedRoom"("facilityId");
