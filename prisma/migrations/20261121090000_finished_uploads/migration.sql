-- CreateTable
CREATE TABLE "finished_upload" (
    "id" UUID NOT NULL,
    "repository_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "digest" TEXT COLLATE "C" NOT NULL,
    "finished_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "finished_upload_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "finished_upload_repository_id_idx" ON "finished_upload"("repository_id");

-- CreateIndex
CREATE INDEX "finished_upload_finished_at_idx" ON "finished_upload"("finished_at");

-- AddForeignKey
ALTER TABLE "finished_upload" ADD CONSTRAINT "finished_upload_repository_id_fkey" FOREIGN KEY ("repository_id") REFERENCES "repository"("id") ON DELETE CASCADE ON UPDATE CASCADE;
