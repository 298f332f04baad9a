-- CreateTable
CREATE TABLE "namespace_retention" (
    "namespace_id" UUID NOT NULL,
    "policy" JSONB NOT NULL,
    "next_run_at" TIMESTAMPTZ(6),
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_by" TEXT COLLATE "C",

    CONSTRAINT "namespace_retention_pkey" PRIMARY KEY ("namespace_id")
);

-- CreateTable
CREATE TABLE "repository_retention" (
    "repository_id" UUID NOT NULL,
    "policy" JSONB NOT NULL,
    "next_run_at" TIMESTAMPTZ(6),
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_by" TEXT COLLATE "C",

    CONSTRAINT "repository_retention_pkey" PRIMARY KEY ("repository_id")
);

-- CreateTable
CREATE TABLE "retention_result" (
    "id" BIGSERIAL NOT NULL,
    "namespace_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "repository" TEXT COLLATE "C" NOT NULL,
    "tag" TEXT COLLATE "C" NOT NULL,
    "digest" TEXT COLLATE "C" NOT NULL,
    "outcome" TEXT COLLATE "C" NOT NULL,
    "rule" TEXT COLLATE "C" NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "retention_result_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "manifest_pull" (
    "repository_id" UUID NOT NULL,
    "digest" TEXT COLLATE "C" NOT NULL,
    "pulled_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "manifest_pull_pkey" PRIMARY KEY ("repository_id","digest")
);

-- CreateIndex
CREATE INDEX "namespace_retention_next_run_at_idx" ON "namespace_retention"("next_run_at");

-- CreateIndex
CREATE INDEX "repository_retention_next_run_at_idx" ON "repository_retention"("next_run_at");

-- CreateIndex
CREATE INDEX "retention_result_namespace_id_id_idx" ON "retention_result"("namespace_id", "id");

-- CreateIndex
CREATE INDEX "retention_result_run_id_id_idx" ON "retention_result"("run_id", "id");

-- CreateIndex
CREATE INDEX "retention_result_at_idx" ON "retention_result"("at");

-- AddForeignKey
ALTER TABLE "namespace_retention" ADD CONSTRAINT "namespace_retention_namespace_id_fkey" FOREIGN KEY ("namespace_id") REFERENCES "namespace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "repository_retention" ADD CONSTRAINT "repository_retention_repository_id_fkey" FOREIGN KEY ("repository_id") REFERENCES "repository"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "retention_result" ADD CONSTRAINT "retention_result_namespace_id_fkey" FOREIGN KEY ("namespace_id") REFERENCES "namespace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "manifest_pull" ADD CONSTRAINT "manifest_pull_repository_id_digest_fkey" FOREIGN KEY ("repository_id", "digest") REFERENCES "manifest"("repository_id", "digest") ON DELETE CASCADE ON UPDATE CASCADE;
