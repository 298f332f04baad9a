-- AlterTable
ALTER TABLE "namespace_usage" ADD COLUMN "warned_percent" SMALLINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "usage_sample" (
    "namespace_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "used_bytes" BIGINT NOT NULL,

    CONSTRAINT "usage_sample_pkey" PRIMARY KEY ("namespace_id","day")
);

-- CreateIndex
CREATE INDEX "usage_sample_day_idx" ON "usage_sample"("day");

-- AddForeignKey
ALTER TABLE "usage_sample" ADD CONSTRAINT "usage_sample_namespace_id_fkey" FOREIGN KEY ("namespace_id") REFERENCES "namespace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
