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
CREATE OR REPLACE FUNCTION "AuditEvent_refuse"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.seq <= (SELECT coalesce(max(seq), 0) FROM "AuditFloor") THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the audit log only grows';
END
$$;

CREATE FUNCTION "AuditCheckpoint_refuse"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.seq < (SELECT coalesce(max(seq), 0) FROM "AuditFloor") THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the audit log only grows';
END
$$;
CREATE TRIGGER "AuditCheckpoint_no_change" BEFORE UPDATE OR DELETE ON "AuditCheckpoint"
    FOR EACH ROW EXECUTE FUNCTION "AuditCheckpoint_refuse"();

CREATE FUNCTION "AuditLog_refuse"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log only grows';
END
$$;
CREATE TRIGGER "AuditFloor_no_change" BEFORE UPDATE OR DELETE ON "AuditFloor"
    FOR EACH ROW EXECUTE FUNCTION "AuditLog_refuse"();
CREATE TRIGGER "AuditEvent_no_truncate" BEFORE TRUNCATE ON "AuditEvent" EXECUTE FUNCTION "AuditLog_refuse"();
CREATE TRIGGER "AuditCheckpoint_no_truncate" BEFORE TRUNCATE ON "AuditCheckpoint" EXECUTE FUNCTION "AuditLog_refuse"();
CREATE TRIGGER "AuditFloor_no_truncate" BEFORE TRUNCATE ON "AuditFloor" EXECUTE FUNCTION "AuditLog_refuse"();

-- A beginning stands on a checkpoint, above the one before.
CREATE FUNCTION "AuditFloor_check"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seq <= (SELECT coalesce(max(seq), 0) FROM "AuditFloor")
        OR NOT EXISTS (SELECT 1 FROM "AuditCheckpoint" WHERE seq = NEW.seq AND hash = NEW.hash) THEN
        RAISE EXCEPTION 'the audit log begins at a checkpoint';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER "AuditFloor_on_checkpoint" BEFORE INSERT ON "AuditFloor"
    FOR EACH ROW EXECUTE FUNCTION "AuditFloor_check"();
