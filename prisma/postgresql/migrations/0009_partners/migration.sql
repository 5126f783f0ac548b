-- What a partner application may read of, how often, how it signs in, and how its tokens end early.

ALTER TABLE "Application" ADD COLUMN "facilities" TEXT NOT NULL DEFAULT '';

ALTER TABLE "Application" ADD COLUMN "allFacilities" BOOLEAN NOT NULL DEFAULT true;

ALTER TABLE "Application" ADD COLUMN "purpose" TEXT NOT NULL DEFAULT '';

ALTER TABLE "Application" ADD COLUMN "contact" TEXT NOT NULL DEFAULT '';

ALTER TABLE "Application" ADD COLUMN "requestsPerMinute" INTEGER NOT NULL DEFAULT 600;

ALTER TABLE "Application" ADD COLUMN "publicKeys" TEXT;

ALTER TABLE "Application" ADD COLUMN "tokensFrom" BIGINT NOT NULL DEFAULT 0;

CREATE TABLE "RevokedToken" (
    "jti" TEXT NOT NULL,
    "expiresAt" BIGINT NOT NULL,

    CONSTRAINT "RevokedToken_pkey" PRIMARY KEY ("jti")
);

CREATE TABLE "UsedAssertion" (
    "id" TEXT NOT NULL,
    "expiresAt" BIGINT NOT NULL,

    CONSTRAINT "UsedAssertion_pkey" PRIMARY KEY ("id")
);

-- For whoever follows what changes, everywhere.
CREATE INDEX "Client_seq_idx" ON "Client"("seq");

CREATE INDEX "Enrollment_seq_idx" ON "Enrollment"("seq");
