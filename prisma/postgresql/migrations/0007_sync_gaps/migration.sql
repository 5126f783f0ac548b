-- Sync: facilities that an account left, what the office sees of devices and refused changes, clients who were removed or joined.

CREATE TABLE "LeftFacility" (
    "accountId" TEXT NOT NULL,
    "facilityId" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    PRIMARY KEY ("accountId", "facilityId")
);

ALTER TABLE "Device" ADD COLUMN "unsentOthers" BIGINT;

-- What one of its tablets said when it was the total of all accounts is not what the account has unsent.
UPDATE "Device" SET "unsent" = NULL WHERE "unsent" > 0;

-- Few of a facility's clients were removed, and fewer were joined into another.
CREATE INDEX "Client_removed_idx" ON "Client"("facilityId", "seq") WHERE deleted;

CREATE INDEX "Client_mergedInto_idx" ON "Client"("mergedInto") WHERE "mergedInto" IS NOT NULL;

-- The office lists the newest of them.
CREATE INDEX "Push_rejected_idx" ON "Push"("receivedAt") WHERE outcome = 'rejected';
