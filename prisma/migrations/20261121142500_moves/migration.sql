-- CreateTable
CREATE TABLE "repository_alias" (
    "namespace_id" UUID NOT NULL,
    "path" TEXT COLLATE "C" NOT NULL,
    "repository_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "repository_alias_pkey" PRIMARY KEY ("namespace_id","path")
);

-- CreateTable
CREATE TABLE "repository_transfer" (
    "id" UUID NOT NULL,
    "repository_id" UUID NOT NULL,
    "to_namespace_id" UUID NOT NULL,
    "requested_by" TEXT COLLATE "C",
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "repository_transfer_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "repository_alias_repository_id_idx" ON "repository_alias"("repository_id");

-- CreateIndex
CREATE UNIQUE INDEX "repository_transfer_repository_id_key" ON "repository_transfer"("repository_id");

-- CreateIndex
CREATE INDEX "repository_transfer_to_namespace_id_idx" ON "repository_transfer"("to_namespace_id");

-- AddForeignKey
ALTER TABLE "repository_alias" ADD CONSTRAINT "repository_alias_namespace_id_fkey" FOREIGN KEY ("namespace_id") REFERENCES "namespace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "repository_alias" ADD CONSTRAINT "repository_alias_repository_id_fkey" FOREIGN KEY ("repository_id") REFERENCES "repository"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "repository_transfer" ADD CONSTRAINT "repository_transfer_repository_id_fkey" FOREIGN KEY ("repository_id") REFERENCES "repository"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "repository_transfer" ADD CONSTRAINT "repository_transfer_to_namespace_id_fkey" FOREIGN KEY ("to_namespace_id") REFERENCES "namespace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
