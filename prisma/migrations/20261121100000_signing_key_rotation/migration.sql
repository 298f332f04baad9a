-- AlterTable
ALTER TABLE "signing_key" ADD COLUMN "signs_from" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN "verifies_until" TIMESTAMPTZ(6);

-- What is there signs already.
UPDATE "signing_key" SET "signs_from" = "created_at";
