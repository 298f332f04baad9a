-- AlterTable
ALTER TABLE "repository_blob" ADD COLUMN "deleted_at" TIMESTAMPTZ(6);
