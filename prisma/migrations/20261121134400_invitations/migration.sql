-- CreateTable
CREATE TABLE "invitation" (
    "id" UUID NOT NULL,
    "namespace_id" UUID NOT NULL,
    "email" TEXT COLLATE "C",
    "role" "member_role" NOT NULL,
    "hash" BYTEA NOT NULL,
    "invited_by" TEXT COLLATE "C",
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "invitation_hash_key" ON "invitation"("hash");

-- CreateIndex
CREATE INDEX "invitation_namespace_id_created_at_idx" ON "invitation"("namespace_id", "created_at");

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_namespace_id_fkey" FOREIGN KEY ("namespace_id") REFERENCES "namespace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
