-- Sync: restore, backups, manifest, devices.

CREATE TABLE "PastEpoch" (
    "epoch" TEXT NOT NULL PRIMARY KEY,
    "endSeq" BIGINT NOT NULL,
    "endedAt" BIGINT NOT NULL
);

CREATE TABLE "Backup" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "seq" BIGINT NOT NULL,
    "at" BIGINT NOT NULL,
    "file" TEXT NOT NULL
);

CREATE TABLE "ManifestCell" (
    "collection" TEXT NOT NULL,
    "room" TEXT NOT NULL,
    "cell" INTEGER NOT NULL,
    "count" BIGINT NOT NULL,
    "low" BIGINT NOT NULL,
    "high" BIGINT NOT NULL,
    "seq" BIGINT NOT NULL,
    PRIMARY KEY ("collection", "room", "cell")
);

CREATE TABLE "Recovered" (
    "collection" TEXT NOT NULL,
    "recordId" TEXT NOT NULL,
    "epoch" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "deviceId" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    PRIMARY KEY ("collection", "recordId", "epoch")
);

ALTER TABLE "Device" ADD COLUMN "credentialHash" TEXT;

ALTER TABLE "Device" ADD COLUMN "app" TEXT;

ALTER TABLE "Device" ADD COLUMN "protocol" INTEGER;

ALTER TABLE "Device" ADD COLUMN "schemaVersion" INTEGER;

ALTER TABLE "Device" ADD COLUMN "unsent" BIGINT;

ALTER TABLE "Device" ADD COLUMN "cursor" BIGINT;

ALTER TABLE "Device" ADD COLUMN "repairs" BIGINT;

ALTER TABLE "Device" ADD COLUMN "clockOffset" BIGINT;

ALTER TABLE "Device" ADD COLUMN "revokedAt" BIGINT;

ALTER TABLE "Device" ADD COLUMN "wipedAt" BIGINT;

ALTER TABLE "Change" ADD COLUMN "resentEpoch" TEXT;

ALTER TABLE "Change" ADD COLUMN "resentSeq" BIGINT;

CREATE INDEX "Device_accountId_idx" ON "Device"("accountId");

CREATE INDEX "Client_facilityId_id_idx" ON "Client"("facilityId", "id");

CREATE INDEX "Enrollment_facilityId_id_idx" ON "Enrollment"("facilityId", "id");

CREATE INDEX "Issue_facilityId_id_idx" ON "Issue"("facilityId", "id");

-- Hardly any change waits: whether one does is known at once.
CREATE INDEX "Push_parked_idx" ON "Push"("receivedAt") WHERE outcome = 'parked';
