-- CreateTable
CREATE TABLE "collection_run" (
    "id" BIGSERIAL NOT NULL,
    "hour" TIMESTAMPTZ(6),
    "job_run_id" UUID,
    "requested_by" TEXT COLLATE "C",
    "is_dry_run" BOOLEAN NOT NULL DEFAULT false,
    "findings" JSONB,
    "started_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "collection_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "collection_tally" (
    "run_id" BIGINT NOT NULL,
    "queue" TEXT COLLATE "C" NOT NULL,
    "reviewed" BIGINT NOT NULL DEFAULT 0,
    "deleted" BIGINT NOT NULL DEFAULT 0,
    "postponed" BIGINT NOT NULL DEFAULT 0,
    "failures" BIGINT NOT NULL DEFAULT 0,
    "bytes" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "collection_tally_pkey" PRIMARY KEY ("run_id","queue")
);

-- CreateTable
CREATE TABLE "collection_pause" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "paused_by" TEXT COLLATE "C",
    "reason" TEXT NOT NULL,
    "since" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "collection_pause_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "collection_run_hour_key" ON "collection_run"("hour");

-- CreateIndex
CREATE UNIQUE INDEX "collection_run_job_run_id_key" ON "collection_run"("job_run_id");

-- CreateIndex
CREATE INDEX "collection_run_started_at_idx" ON "collection_run"("started_at");

-- AddForeignKey
ALTER TABLE "collection_run" ADD CONSTRAINT "collection_run_job_run_id_fkey" FOREIGN KEY ("job_run_id") REFERENCES "job_run"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "collection_tally" ADD CONSTRAINT "collection_tally_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "collection_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- It is paused or it is not.
ALTER TABLE "collection_pause" ADD CONSTRAINT "collection_pause_single" CHECK ("id" = 1);
