-- CreateEnum
CREATE TYPE "trash_kind" AS ENUM ('tag', 'manifest', 'repository', 'namespace');

-- AlterTable
ALTER TABLE "namespace" ADD COLUMN "deleted_at" TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "repository" ADD COLUMN "deleted_at" TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "manifest" ADD COLUMN "deleted_at" TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "tag_event" ADD COLUMN "kept_until" TIMESTAMPTZ(6);

-- CreateTable
CREATE TABLE "trash_entry" (
    "id" UUID NOT NULL,
    "kind" "trash_kind" NOT NULL,
    "namespace_id" UUID NOT NULL,
    "repository_id" UUID,
    "name" TEXT COLLATE "C" NOT NULL,
    "digest" TEXT COLLATE "C",
    "held" JSONB NOT NULL,
    "deleted_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_by" TEXT COLLATE "C",
    "purge_after" TIMESTAMPTZ(6) NOT NULL,
    "is_purging" BOOLEAN NOT NULL DEFAULT false,
    "run_id" UUID,

    CONSTRAINT "trash_entry_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "trash_entry_has_its_place" CHECK (("kind" = 'namespace') = ("repository_id" IS NULL)),
    CONSTRAINT "trash_entry_has_its_digest" CHECK (("kind" IN ('tag', 'manifest')) = ("digest" IS NOT NULL))
);

-- CreateIndex
CREATE INDEX "trash_entry_namespace_id_deleted_at_id_idx" ON "trash_entry"("namespace_id", "deleted_at", "id");

-- CreateIndex
CREATE INDEX "trash_entry_repository_id_digest_idx" ON "trash_entry"("repository_id", "digest");

-- CreateIndex
CREATE INDEX "trash_entry_purge_after_idx" ON "trash_entry"("purge_after");

-- CreateIndex
CREATE INDEX "trash_entry_run_id_idx" ON "trash_entry"("run_id");

-- AddForeignKey
ALTER TABLE "trash_entry" ADD CONSTRAINT "trash_entry_namespace_id_fkey" FOREIGN KEY ("namespace_id") REFERENCES "namespace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trash_entry" ADD CONSTRAINT "trash_entry_repository_id_fkey" FOREIGN KEY ("repository_id") REFERENCES "repository"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What moves of tags keep for a time. Partial: most events keep nothing.
CREATE INDEX "tag_event_kept_idx" ON "tag_event"("repository_id", "previous_digest") WHERE "kept_until" IS NOT NULL;

-- What is in the trash goes by a name that no request can utter, so that no look-up by name finds it and its own name is free.
ALTER TABLE "repository" ADD CONSTRAINT "repository_in_trash_has_no_name"
  CHECK (("deleted_at" IS NULL) = (left("name", 1) <> '~')) NOT VALID;
ALTER TABLE "repository" VALIDATE CONSTRAINT "repository_in_trash_has_no_name";
