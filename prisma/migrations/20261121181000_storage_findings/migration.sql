-- CreateEnum
CREATE TYPE "storage_finding_kind" AS ENUM ('stray', 'missing', 'damaged');

-- CreateTable
CREATE TABLE "storage_finding" (
    "digest" TEXT COLLATE "C" NOT NULL,
    "generation" TEXT COLLATE "C" NOT NULL,
    "kind" "storage_finding_kind" NOT NULL,
    "size" BIGINT NOT NULL,
    "first_seen" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "storage_finding_pkey" PRIMARY KEY ("digest","generation")
);

-- CreateIndex
CREATE INDEX "storage_finding_kind_first_seen_idx" ON "storage_finding"("kind", "first_seen");
