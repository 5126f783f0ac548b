-- Where a phone number without a country's code is from.

ALTER TABLE "Facility" ADD COLUMN "country" TEXT COLLATE "C";
