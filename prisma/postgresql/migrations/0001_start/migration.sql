CREATE TABLE "Tail" (
    "id" INTEGER NOT NULL,
    "epoch" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "auditSeq" BIGINT NOT NULL,
    "auditHash" TEXT NOT NULL,
    CONSTRAINT "Tail_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Deployment" (
    "id" TEXT NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "demo" BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT "Deployment_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Facility" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "code" TEXT,
    "seq" BIGINT NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "updatedAt" BIGINT NOT NULL,
    "updatedBy" TEXT NOT NULL,
    "deleted" BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT "Facility_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Program" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "category" TEXT NOT NULL,
    "plannedDays" INTEGER,
    "active" BOOLEAN NOT NULL,
    "seq" BIGINT NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "updatedAt" BIGINT NOT NULL,
    "updatedBy" TEXT NOT NULL,
    "deleted" BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT "Program_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Client" (
    "id" TEXT NOT NULL,
    "givenName" TEXT,
    "middleName" TEXT,
    "familyName" TEXT,
    "sex" TEXT NOT NULL,
    "bornOn" TEXT,
    "bornOnEstimated" BOOLEAN NOT NULL,
    "phone" TEXT,
    "email" TEXT,
    "address" TEXT,
    "nationalId" TEXT,
    "notes" TEXT,
    "facilityId" TEXT NOT NULL,
    "mergedInto" TEXT,
    "seq" BIGINT NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "updatedAt" BIGINT NOT NULL,
    "updatedBy" TEXT NOT NULL,
    "deleted" BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT "Client_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Enrollment" (
    "id" TEXT NOT NULL,
    "clientId" TEXT NOT NULL,
    "programId" TEXT NOT NULL,
    "episode" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "enrolledOn" TEXT NOT NULL,
    "endedOn" TEXT,
    "reason" TEXT,
    "facilityId" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "updatedAt" BIGINT NOT NULL,
    "updatedBy" TEXT NOT NULL,
    "deleted" BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT "Enrollment_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Issue" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "collection" TEXT NOT NULL,
    "recordId" TEXT NOT NULL,
    "facilityId" TEXT NOT NULL,
    "actorId" TEXT,
    "reason" TEXT,
    "detail" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "updatedAt" BIGINT NOT NULL,
    "updatedBy" TEXT NOT NULL,
    "deleted" BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT "Issue_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Departed" (
    "recordId" TEXT NOT NULL,
    "collection" TEXT NOT NULL,
    "facilityId" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    CONSTRAINT "Departed_pkey" PRIMARY KEY ("recordId", "facilityId")
);

CREATE TABLE "Erased" (
    "id" TEXT NOT NULL,
    "erasedAt" BIGINT NOT NULL,
    CONSTRAINT "Erased_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Device" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "lastN" BIGINT NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "lastSeenAt" BIGINT NOT NULL,
    CONSTRAINT "Device_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Push" (
    "changeId" TEXT NOT NULL,
    "deviceId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "n" BIGINT NOT NULL,
    "collection" TEXT NOT NULL,
    "recordId" TEXT NOT NULL,
    "parentId" TEXT,
    "outcome" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "reason" TEXT,
    "newId" TEXT,
    "body" TEXT,
    "receivedAt" BIGINT NOT NULL,
    CONSTRAINT "Push_pkey" PRIMARY KEY ("changeId")
);

CREATE TABLE "Change" (
    "changeId" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "collection" TEXT NOT NULL,
    "recordId" TEXT NOT NULL,
    "op" TEXT NOT NULL,
    "from" TEXT,
    "old" TEXT,
    "to" TEXT,
    "outcome" TEXT NOT NULL,
    "actorId" TEXT NOT NULL,
    "deviceId" TEXT NOT NULL,
    "deviceTime" BIGINT NOT NULL,
    "at" BIGINT NOT NULL,
    "seq" BIGINT NOT NULL,
    CONSTRAINT "Change_pkey" PRIMARY KEY ("changeId", "field")
);

CREATE TABLE "Counter" (
    "key" TEXT NOT NULL,
    "value" BIGINT NOT NULL,
    CONSTRAINT "Counter_pkey" PRIMARY KEY ("key")
);

CREATE TABLE "MatchKey" (
    "key" TEXT NOT NULL,
    "clientId" TEXT NOT NULL,
    CONSTRAINT "MatchKey_pkey" PRIMARY KEY ("key", "clientId")
);

CREATE TABLE "ExternalIdentity" (
    "source" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "clientId" TEXT NOT NULL,
    "contentHash" TEXT NOT NULL,
    CONSTRAINT "ExternalIdentity_pkey" PRIMARY KEY ("source", "externalId")
);

CREATE TABLE "AuditEvent" (
    "seq" BIGINT NOT NULL,
    "at" BIGINT NOT NULL,
    "action" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "actorId" TEXT,
    "applicationId" TEXT,
    "deviceId" TEXT,
    "ip" TEXT,
    "route" TEXT,
    "status" INTEGER,
    "subject" TEXT,
    "requestId" TEXT,
    "previousHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("seq")
);

CREATE TABLE "Account" (
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "roles" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabledAt" TIMESTAMP(3),
    CONSTRAINT "Account_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "AccountFacility" (
    "accountId" TEXT NOT NULL,
    "facilityId" TEXT NOT NULL,
    CONSTRAINT "AccountFacility_pkey" PRIMARY KEY ("accountId", "facilityId"),
    CONSTRAINT "AccountFacility_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "Session" (
    "idHash" TEXT NOT NULL,
    "publicId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "ip" TEXT,
    "userAgent" TEXT,
    CONSTRAINT "Session_pkey" PRIMARY KEY ("idHash"),
    CONSTRAINT "Session_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "Invitation" (
    "id" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "email" TEXT,
    "roles" TEXT NOT NULL,
    "facilities" TEXT NOT NULL,
    "invitedBy" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "usedAt" TIMESTAMP(3),
    "accountId" TEXT,
    CONSTRAINT "Invitation_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Application" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "scopes" TEXT NOT NULL,
    "programs" TEXT NOT NULL,
    "allPrograms" BOOLEAN NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabledAt" TIMESTAMP(3),
    CONSTRAINT "Application_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ApplicationSecret" (
    "id" TEXT NOT NULL,
    "applicationId" TEXT NOT NULL,
    "secretHash" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revokedAt" TIMESTAMP(3),
    CONSTRAINT "ApplicationSecret_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "ApplicationSecret_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "SigningKey" (
    "kid" TEXT NOT NULL,
    "publicJwk" TEXT NOT NULL,
    "sealedPrivate" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retiredAt" TIMESTAMP(3),
    CONSTRAINT "SigningKey_pkey" PRIMARY KEY ("kid")
);

CREATE INDEX "Facility_seq_idx" ON "Facility"("seq");

CREATE INDEX "Program_seq_idx" ON "Program"("seq");

CREATE INDEX "Client_facilityId_seq_idx" ON "Client"("facilityId", "seq");

CREATE INDEX "Enrollment_facilityId_seq_idx" ON "Enrollment"("facilityId", "seq");

CREATE INDEX "Enrollment_clientId_idx" ON "Enrollment"("clientId");

CREATE INDEX "Issue_facilityId_seq_idx" ON "Issue"("facilityId", "seq");

CREATE INDEX "Issue_recordId_idx" ON "Issue"("recordId");

CREATE INDEX "Departed_facilityId_seq_idx" ON "Departed"("facilityId", "seq");

CREATE UNIQUE INDEX "Push_deviceId_accountId_n_key" ON "Push"("deviceId", "accountId", "n");

CREATE INDEX "Push_recordId_idx" ON "Push"("recordId");

CREATE INDEX "Push_parentId_idx" ON "Push"("parentId");

CREATE INDEX "Change_recordId_seq_idx" ON "Change"("recordId", "seq");

CREATE INDEX "Change_seq_idx" ON "Change"("seq");

CREATE INDEX "MatchKey_clientId_idx" ON "MatchKey"("clientId");

CREATE UNIQUE INDEX "AuditEvent_previousHash_key" ON "AuditEvent"("previousHash");

CREATE UNIQUE INDEX "AuditEvent_hash_key" ON "AuditEvent"("hash");

CREATE INDEX "AuditEvent_action_seq_idx" ON "AuditEvent"("action", "seq");

CREATE INDEX "AuditEvent_actorId_seq_idx" ON "AuditEvent"("actorId", "seq");

CREATE INDEX "AuditEvent_applicationId_seq_idx" ON "AuditEvent"("applicationId", "seq");

CREATE INDEX "AuditEvent_subject_seq_idx" ON "AuditEvent"("subject", "seq");

CREATE UNIQUE INDEX "Account_email_key" ON "Account"("email");

CREATE UNIQUE INDEX "Session_publicId_key" ON "Session"("publicId");

CREATE INDEX "Session_accountId_idx" ON "Session"("accountId");

CREATE UNIQUE INDEX "Invitation_tokenHash_key" ON "Invitation"("tokenHash");

CREATE UNIQUE INDEX "ApplicationSecret_secretHash_key" ON "ApplicationSecret"("secretHash");

CREATE INDEX "ApplicationSecret_applicationId_idx" ON "ApplicationSecret"("applicationId");

-- The audit log only grows.
CREATE FUNCTION "AuditEvent_refuse"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log only grows';
END
$$;
CREATE TRIGGER "AuditEvent_no_change" BEFORE UPDATE OR DELETE ON "AuditEvent"
    FOR EACH ROW EXECUTE FUNCTION "AuditEvent_refuse"();
