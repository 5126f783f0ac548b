-- One chain: each event names the hash of the one before it. That one is asked, and no longer an index over random values,
-- whose pages cost a partner's request more than all else of its event (docs/decisions/0036).

DROP INDEX "AuditEvent_hash_key";

DROP INDEX "AuditEvent_previousHash_key";

CREATE FUNCTION "AuditEvent_follow"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW."previousHash" <> (SELECT hash FROM "AuditEvent" WHERE seq = NEW.seq - 1) THEN
        RAISE EXCEPTION 'the audit log has one chain';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER "AuditEvent_follows" BEFORE INSERT ON "AuditEvent"
    FOR EACH ROW EXECUTE FUNCTION "AuditEvent_follow"();

-- Most events have no device, or no account: nobody looks for those by it.
DROP INDEX "AuditEvent_actorId_seq_idx";

CREATE INDEX "AuditEvent_actorId_seq_idx" ON "AuditEvent"("actorId", "seq") WHERE "actorId" IS NOT NULL;

DROP INDEX "AuditEvent_deviceId_seq_idx";

CREATE INDEX "AuditEvent_deviceId_seq_idx" ON "AuditEvent"("deviceId", "seq") WHERE "deviceId" IS NOT NULL;

DROP INDEX "AuditEvent_applicationId_seq_idx";

CREATE INDEX "AuditEvent_applicationId_seq_idx" ON "AuditEvent"("applicationId", "seq") WHERE "applicationId" IS NOT NULL;
