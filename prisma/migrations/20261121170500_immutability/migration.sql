-- CreateTable
CREATE TABLE "namespace_immutability" (
    "namespace_id" UUID NOT NULL,
    "rules" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_by" TEXT COLLATE "C",

    CONSTRAINT "namespace_immutability_pkey" PRIMARY KEY ("namespace_id")
);

-- CreateTable
CREATE TABLE "repository_immutability" (
    "repository_id" UUID NOT NULL,
    "rules" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_by" TEXT COLLATE "C",

    CONSTRAINT "repository_immutability_pkey" PRIMARY KEY ("repository_id")
);

-- AddForeignKey
ALTER TABLE "namespace_immutability" ADD CONSTRAINT "namespace_immutability_namespace_id_fkey" FOREIGN KEY ("namespace_id") REFERENCES "namespace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "repository_immutability" ADD CONSTRAINT "repository_immutability_repository_id_fkey" FOREIGN KEY ("repository_id") REFERENCES "repository"("id") ON DELETE CASCADE ON UPDATE CASCADE;
