-- What tablets seal to this server: copies of unsent changes, and the keys of their encrypted data.

CREATE TABLE "SealingKey" (
    "kid" TEXT NOT NULL,
    "publicRaw" TEXT NOT NULL,
    "sealedPrivate" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "SealingKey_pkey" PRIMARY KEY ("kid")
);

CREATE TABLE "TabletKey" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "deviceId" TEXT NOT NULL,
    "box" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "TabletKey_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "TabletKey_accountId_idx" ON "TabletKey"("accountId");

ALTER TABLE "TabletKey" ADD CONSTRAINT "TabletKey_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
