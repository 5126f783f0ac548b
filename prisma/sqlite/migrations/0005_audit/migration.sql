-- Audit log: signed checkpoints, the device's time of what was seen, and a beginning that moves by signature only.

ALTER TABLE "AuditEvent" ADD COLUMN "deviceTime" BIGINT;

CREATE INDEX "AuditEvent_deviceId_seq_idx" ON "AuditEvent"("deviceId", "seq");

-- A view that a tablet sends twice is written once.
CREATE UNIQUE INDEX "AuditEvent_view_key" ON "AuditEvent"("deviceId", "requestId") WHERE action = 'client.viewed';

CREATE TABLE "AuditKey" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "publicJwk" TEXT NOT NULL,
    "sealedPrivate" TEXT NOT NULL,
    "createdAt" BIGINT NOT NULL
);

CREATE TABLE "AuditCheckpoint" (
    "seq" BIGINT NOT NULL PRIMARY KEY,
    "hash" TEXT NOT NULL,
    "epoch" TEXT NOT NULL,
    "previousSeq" BIGINT NOT NULL,
    "at" BIGINT NOT NULL,
    "keyId" TEXT NOT NULL,
    "signature" TEXT NOT NULL
);

CREATE TABLE "AuditFloor" (
    "seq" BIGINT NOT NULL PRIMARY KEY,
    "hash" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "keyId" TEXT NOT NULL,
    "signature" TEXT NOT NULL
);

-- Only what lies below a signed beginning may go.
DROP TRIGGER "AuditEvent_no_delete";

CREATE TRIGGER "AuditEvent_no_delete" BEFORE DELETE ON "AuditEvent"
WHEN OLD.seq > (SELECT coalesce(max(seq), 0) FROM "AuditFloor")
BEGIN
    SELECT RAISE(ABORT, 'the audit log only grows');
END;

CREATE TRIGGER "AuditCheckpoint_no_update" BEFORE UPDATE ON "AuditCheckpoint"
BEGIN
    SELECT RAISE(ABORT, 'the audit log only grows');
END;

CREATE TRIGGER "AuditCheckpoint_no_delete" BEFORE DELETE ON "AuditCheckpoint"
WHEN OLD.seq >= (SELECT coalesce(max(seq), 0) FROM "AuditFloor")
BEGIN
    SELECT RAISE(ABORT, 'the audit log only grows');
END;

CREATE TRIGGER "AuditCheckpoint_no_replace" BEFORE INSERT ON "AuditCheckpoint"
WHEN NEW.seq <= (SELECT coalesce(max(seq), 0) FROM "AuditCheckpoint")
BEGIN
    SELECT RAISE(ABORT, 'the audit log only grows');
END;

CREATE TRIGGER "AuditFloor_no_update" BEFORE UPDATE ON "AuditFloor"
BEGIN
    SELECT RAISE(ABORT, 'the audit log only grows');
END;

CREATE TRIGGER "AuditFloor_no_delete" BEFORE DELETE ON "AuditFloor"
BEGIN
    SELECT RAISE(ABORT, 'the audit log only grows');
END;

-- A beginning stands on a checkpoint, above the one before.
CREATE TRIGGER "AuditFloor_on_checkpoint" BEFORE INSERT ON "AuditFloor"
WHEN NEW.seq <= (SELECT coalesce(max(seq), 0) FROM "AuditFloor")
    OR NOT EXISTS (SELECT 1 FROM "AuditCheckpoint" WHERE seq = NEW.seq AND hash = NEW.hash)
BEGIN
    SELECT RAISE(ABORT, 'the audit log begins at a checkpoint');
END;
