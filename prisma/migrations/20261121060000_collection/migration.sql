-- CreateTable
CREATE TABLE "link_review" (
    "repository_id" UUID NOT NULL,
    "digest" TEXT COLLATE "C" NOT NULL,
    "review_after" TIMESTAMPTZ(6) NOT NULL,
    "review_count" INTEGER NOT NULL DEFAULT 0,
    "event" TEXT NOT NULL,

    CONSTRAINT "link_review_pkey" PRIMARY KEY ("repository_id","digest")
);

-- CreateTable
CREATE TABLE "object_removal" (
    "digest" TEXT COLLATE "C" NOT NULL,
    "generation" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "review_after" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "review_count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "object_removal_pkey" PRIMARY KEY ("digest","generation")
);

-- CreateIndex
CREATE INDEX "link_review_review_after_idx" ON "link_review"("review_after");

-- CreateIndex
CREATE INDEX "object_removal_review_after_idx" ON "object_removal"("review_after");

-- What was queued by blob is queued by link from now on: one tenant's pushes don't postpone what another one has deleted.
INSERT INTO "link_review" ("repository_id", "digest", "review_after", "event")
SELECT l."repository_id", r."digest", r."review_after", r."event"
FROM "blob_review" r JOIN "repository_blob" l ON l."digest" = r."digest";

DELETE FROM "blob_review" r WHERE EXISTS (SELECT 1 FROM "repository_blob" l WHERE l."digest" = r."digest");

-- A trigger and not the code that unlinks: a repository that is deleted takes its links with it.
-- In digest order, so that two statements that unlink the same blobs can't deadlock.
CREATE FUNCTION queue_unlinked_blobs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO blob_review AS r (digest, review_after, event)
  SELECT DISTINCT digest, now(), 'unlink' FROM unlinked ORDER BY digest
  ON CONFLICT (digest) DO UPDATE SET review_after = now(), review_count = 0, event = excluded.event;
  RETURN NULL;
END $$;

CREATE TRIGGER queue_unlinked_blobs AFTER DELETE ON "repository_blob"
REFERENCING OLD TABLE AS unlinked FOR EACH STATEMENT EXECUTE FUNCTION queue_unlinked_blobs();
