-- AlterTable
ALTER TABLE "session" ADD COLUMN "acting_as_id" UUID,
ADD COLUMN "acting_until" TIMESTAMPTZ(6);

-- CreateIndex
CREATE INDEX "session_acting_as_id_idx" ON "session"("acting_as_id");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_acting_as_id_fkey" FOREIGN KEY ("acting_as_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;
