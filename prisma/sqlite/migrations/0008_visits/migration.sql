-- Follow-up: the day somebody is expected next, and what became of the visit before.

ALTER TABLE "Enrollment" ADD COLUMN "nextVisitOn" TEXT;

ALTER TABLE "Enrollment" ADD COLUMN "visitOutcome" TEXT;

ALTER TABLE "Enrollment" ADD COLUMN "visitOn" TEXT;
