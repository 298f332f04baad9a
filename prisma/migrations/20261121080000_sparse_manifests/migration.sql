-- CreateTable
CREATE TABLE "absent_reference" (
    "repository_id" UUID NOT NULL,
    "manifest_digest" TEXT COLLATE "C" NOT NULL,
    "digest" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "absent_reference_pkey" PRIMARY KEY ("repository_id","manifest_digest","digest")
);

-- CreateIndex
CREATE INDEX "absent_reference_repository_id_digest_idx" ON "absent_reference"("repository_id", "digest");

-- AddForeignKey
ALTER TABLE "absent_reference" ADD CONSTRAINT "absent_reference_repository_id_manifest_digest_fkey" FOREIGN KEY ("repository_id", "manifest_digest") REFERENCES "manifest"("repository_id", "digest") ON DELETE CASCADE ON UPDATE CASCADE;
