CREATE TABLE "Tail" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "epoch" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "auditSeq" BIGINT NOT NULL,
    "auditHash" TEXT NOT NULL
);

CREATE TABLE "Deployment" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "createdAt" BIGINT NOT NULL,
    "demo" BOOLEAN NOT NULL DEFAULT false
);

CREATE TABLE "Facility" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "code" TEXT,
    "seq" BIGINT NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "updatedAt" BIGINT NOT NULL,
    "updatedBy" TEXT NOT NULL,
    "deleted" BOOLEAN NOT NULL DEFAULT false
);

CREATE TABLE "Program" (
    "id" TEXT NOT NULL PRIMARY KEY,
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
    "deleted" BOOLEAN NOT NULL DEFAULT false
);

CREATE TABLE "Client" (
    "id" TEXT NOT NULL PRIMARY KEY,
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
    "deleted" BOOLEAN NOT NULL DEFAULT false
);

CREATE TABLE "Enrollment" (
    "id" TEXT NOT NULL PRIMARY KEY,
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
    "deleted" BOOLEAN NOT NULL DEFAULT false
);

CREATE TABLE "Issue" (
    "id" TEXT NOT NULL PRIMARY KEY,
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
    "deleted" BOOLEAN NOT NULL DEFAULT false
);

CREATE TABLE "Departed" (
    "recordId" TEXT NOT NULL,
    "collection" TEXT NOT NULL,
    "facilityId" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    PRIMARY KEY ("recordId", "facilityId")
);

CREATE TABLE "Erased" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "erasedAt" BIGINT NOT NULL
);

CREATE TABLE "Device" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "accountId" TEXT NOT NULL,
    "lastN" BIGINT NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "lastSeenAt" BIGINT NOT NULL
);

CREATE TABLE "Push" (
    "changeId" TEXT NOT NULL PRIMARY KEY,
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
    "receivedAt" BIGINT NOT NULL
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
    PRIMARY KEY ("changeId", "field")
);

CREATE TABLE "Counter" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "value" BIGINT NOT NULL
);

CREATE TABLE "MatchKey" (
    "key" TEXT NOT NULL,
    "clientId" TEXT NOT NULL,
    PRIMARY KEY ("key", "clientId")
);

CREATE TABLE "ExternalIdentity" (
    "source" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "clientId" TEXT NOT NULL,
    "contentHash" TEXT NOT NULL,
    PRIMARY KEY ("source", "externalId")
);

CREATE TABLE "AuditEvent" (
    "seq" BIGINT NOT NULL PRIMARY KEY,
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
    "hash" TEXT NOT NULL
);

CREATE TABLE "Account" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "roles" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabledAt" DATETIME
);

CREATE TABLE "AccountFacility" (
    "accountId" TEXT NOT NULL,
    "facilityId" TEXT NOT NULL,
    PRIMARY KEY ("accountId", "facilityId"),
    CONSTRAINT "AccountFacility_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "Session" (
    "idHash" TEXT NOT NULL PRIMARY KEY,
    "publicId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" DATETIME NOT NULL,
    "ip" TEXT,
    "userAgent" TEXT,
    CONSTRAINT "Session_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "Invitation" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "tokenHash" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "email" TEXT,
    "roles" TEXT NOT NULL,
    "facilities" TEXT NOT NULL,
    "invitedBy" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" DATETIME NOT NULL,
    "usedAt" DATETIME,
    "accountId" TEXT
);

CREATE TABLE "Application" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "scopes" TEXT NOT NULL,
    "programs" TEXT NOT NULL,
    "allPrograms" BOOLEAN NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabledAt" DATETIME
);

CREATE TABLE "ApplicationSecret" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "applicationId" TEXT NOT NULL,
    "secretHash" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revokedAt" DATETIME,
    CONSTRAINT "ApplicationSecret_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "SigningKey" (
    "kid" TEXT NOT NULL PRIMARY KEY,
    "publicJwk" TEXT NOT NULL,
    "sealedPrivate" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retiredAt" DATETIME
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
CREATE TRIGGER "AuditEvent_no_update" BEFORE UPDATE ON "AuditEvent"
BEGIN
    SELECT RAISE(ABORT, 'the audit log only grows');
END;

-- The audit log only grows.
CREATE TRIGGER "AuditEvent_no_delete" BEFORE DELETE ON "AuditEvent"
BEGIN
    SELECT RAISE(ABORT, 'the audit log only grows');
END;
