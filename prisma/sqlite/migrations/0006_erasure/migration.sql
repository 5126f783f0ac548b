-- Consent and erasure: what partners may be told, requests, and whom an import must not bring back.

ALTER TABLE "Client" ADD COLUMN "shareWithPartners" BOOLEAN NOT NULL DEFAULT true;

ALTER TABLE "Erased" ADD COLUMN "purgedAt" BIGINT;

CREATE TABLE "ErasedIdentity" (
    "hash" TEXT NOT NULL PRIMARY KEY,
    "erasedId" TEXT NOT NULL
);

CREATE TABLE "ErasureRequest" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "clientId" TEXT NOT NULL,
    "facilityId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "requestedBy" TEXT NOT NULL,
    "requestedAt" BIGINT NOT NULL,
    "decidedBy" TEXT,
    "decidedAt" BIGINT
);

CREATE INDEX "ErasedIdentity_erasedId_idx" ON "ErasedIdentity"("erasedId");

CREATE INDEX "ErasureRequest_clientId_idx" ON "ErasureRequest"("clientId");

CREATE INDEX "ErasureRequest_state_requestedAt_idx" ON "ErasureRequest"("state", "requestedAt");
