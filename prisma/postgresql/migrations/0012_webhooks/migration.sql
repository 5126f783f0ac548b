-- An application may be told that something has changed, so that it need not ask all the time.

CREATE TABLE "Webhook" (
    "applicationId" TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    "url" TEXT COLLATE "C" NOT NULL,
    "sealedSecret" TEXT COLLATE "C" NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "epoch" TEXT COLLATE "C" NOT NULL,
    "toldSeq" BIGINT NOT NULL,
    CONSTRAINT "Webhook_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "WebhookDelivery" (
    "id" TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    "applicationId" TEXT COLLATE "C" NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "state" TEXT COLLATE "C" NOT NULL,
    "attempts" INTEGER NOT NULL,
    "nextAt" BIGINT NOT NULL,
    "answer" TEXT COLLATE "C",
    CONSTRAINT "WebhookDelivery_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Webhook" ("applicationId") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX "WebhookDelivery_applicationId_createdAt_idx" ON "WebhookDelivery"("applicationId", "createdAt");
