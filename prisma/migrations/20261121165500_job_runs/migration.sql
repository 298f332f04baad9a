-- CreateEnum
CREATE TYPE "job_run_state" AS ENUM ('queued', 'running', 'paused', 'succeeded', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "job_run_request" AS ENUM ('pause', 'cancel');

-- CreateEnum
CREATE TYPE "scheduled_outcome" AS ENUM ('succeeded', 'failed', 'skipped');

-- CreateTable
CREATE TABLE "job_run" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C",
    "namespace_id" UUID,
    "target" TEXT COLLATE "C" NOT NULL,
    "requested_by" UUID,
    "payload" JSONB NOT NULL,
    "state" "job_run_state" NOT NULL DEFAULT 'queued',
    "asked" "job_run_request",
    "done" BIGINT NOT NULL DEFAULT 0,
    "total" BIGINT,
    "counters" JSONB NOT NULL DEFAULT '{}',
    "cursor" JSONB,
    "error" TEXT,
    "cause" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "claim" UUID,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(6),
    "finished_at" TIMESTAMPTZ(6),
    "dismissed_at" TIMESTAMPTZ(6),

    CONSTRAINT "job_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_run_log" (
    "id" BIGSERIAL NOT NULL,
    "run_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "is_warning" BOOLEAN NOT NULL,
    "message" TEXT NOT NULL,

    CONSTRAINT "job_run_log_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scheduled_job" (
    "name" TEXT COLLATE "C" NOT NULL,
    "every_seconds" DOUBLE PRECISION NOT NULL,
    "changes_content" BOOLEAN NOT NULL,
    "paused_at" TIMESTAMPTZ(6),
    "started_at" TIMESTAMPTZ(6),
    "finished_at" TIMESTAMPTZ(6),
    "outcome" "scheduled_outcome",
    "result" JSONB NOT NULL DEFAULT '{}',
    "error" TEXT,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(6),

    CONSTRAINT "scheduled_job_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "read_only_mode" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "namespace_id" UUID,
    "message" TEXT NOT NULL,
    "set_by" UUID,
    "since" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "read_only_mode_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "job_run_created_at_id_idx" ON "job_run"("created_at", "id");

-- CreateIndex
CREATE INDEX "job_run_namespace_id_created_at_id_idx" ON "job_run"("namespace_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "job_run_finished_at_idx" ON "job_run"("finished_at");

-- CreateIndex
CREATE INDEX "job_run_requested_by_idx" ON "job_run"("requested_by");

-- CreateIndex
CREATE INDEX "job_run_log_run_id_id_idx" ON "job_run_log"("run_id", "id");

-- CreateIndex
-- One row for the whole registry, too.
CREATE UNIQUE INDEX "read_only_mode_namespace_id_key" ON "read_only_mode"("namespace_id") NULLS NOT DISTINCT;

-- AddForeignKey
ALTER TABLE "job_run" ADD CONSTRAINT "job_run_namespace_id_fkey" FOREIGN KEY ("namespace_id") REFERENCES "namespace"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_run" ADD CONSTRAINT "job_run_requested_by_fkey" FOREIGN KEY ("requested_by") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_run_log" ADD CONSTRAINT "job_run_log_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "job_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "read_only_mode" ADD CONSTRAINT "read_only_mode_namespace_id_fkey" FOREIGN KEY ("namespace_id") REFERENCES "namespace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "read_only_mode" ADD CONSTRAINT "read_only_mode_set_by_fkey" FOREIGN KEY ("set_by") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Of the live runs with one key there is one.
CREATE UNIQUE INDEX "job_run_live_key" ON "job_run"("key") WHERE "state" IN ('queued', 'running', 'paused');

-- What workers ask for, again and again, among many that are over.
CREATE INDEX "job_run_due" ON "job_run"("due_at") WHERE "state" IN ('queued', 'running');

-- What administrators are told of.
CREATE INDEX "job_run_failed" ON "job_run"("finished_at") WHERE "state" = 'failed' AND "dismissed_at" IS NULL;
