-- AlterTable
ALTER TABLE "namespace_usage" ADD COLUMN "layer_limit_bytes" BIGINT NOT NULL DEFAULT 9007199254740991;

-- CreateTable
CREATE TABLE "plan" (
    "id" UUID NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "storage_bytes" BIGINT,
    "private_repositories" BIGINT NOT NULL,
    "members" BIGINT NOT NULL,
    "robots" BIGINT NOT NULL,
    "layer_bytes" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "plan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "namespace_limit" (
    "namespace_id" UUID NOT NULL,
    "plan_id" UUID NOT NULL,
    "storage_bytes" BIGINT,
    "private_repositories" BIGINT,
    "members" BIGINT,
    "robots" BIGINT,
    "layer_bytes" BIGINT,

    CONSTRAINT "namespace_limit_pkey" PRIMARY KEY ("namespace_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "plan_name_key" ON "plan"("name");

-- CreateIndex
CREATE INDEX "namespace_limit_plan_id_idx" ON "namespace_limit"("plan_id");

-- AddForeignKey
ALTER TABLE "namespace_limit" ADD CONSTRAINT "namespace_limit_namespace_id_fkey" FOREIGN KEY ("namespace_id") REFERENCES "namespace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "namespace_limit" ADD CONSTRAINT "namespace_limit_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the schema language can't say.

CREATE UNIQUE INDEX "plan_default_key" ON "plan" ("is_default") WHERE "is_default";

ALTER TABLE "plan" ADD CONSTRAINT "plan_sane" CHECK (
    "storage_bytes" >= 0 AND "private_repositories" >= 0 AND "members" >= 1 AND "robots" >= 0 AND "layer_bytes" >= 0);
ALTER TABLE "namespace_limit" ADD CONSTRAINT "namespace_limit_sane" CHECK (
    "storage_bytes" >= 0 AND "private_repositories" >= 0 AND "members" >= 1 AND "robots" >= 0 AND "layer_bytes" >= 0);

-- As it was before there were plans: the configuration limits storage, and nothing else is limited.
INSERT INTO "plan" ("id", "name", "is_default", "private_repositories", "members", "robots", "layer_bytes")
VALUES (gen_random_uuid(), 'standard', true, 9007199254740991, 9007199254740991, 9007199254740991, 9007199254740991);

-- A limit that an administrator has set stays the namespace's own.
INSERT INTO "namespace_limit" ("namespace_id", "plan_id", "storage_bytes")
SELECT u."namespace_id", p."id", CASE WHEN EXISTS (
    SELECT 1 FROM "audit_event" e WHERE e."namespace_id" = u."namespace_id" AND e."action" = 'namespace.quota')
  THEN u."limit_bytes" END
FROM "namespace_usage" u, "plan" p;

-- A new namespace gets the default plan, and with it what every push asks for. Whoever changes a plan holds its row: one of
-- both comes first, and the other one sees what it did.
CREATE FUNCTION "put_on_default_plan"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    "standard" "plan"%ROWTYPE;
BEGIN
    LOOP
        SELECT * INTO "standard" FROM "plan" WHERE "is_default" FOR KEY SHARE;
        EXIT WHEN FOUND; -- it had become another one while its row was waited for
    END LOOP;
    INSERT INTO "namespace_limit" ("namespace_id", "plan_id") VALUES (NEW."namespace_id", "standard"."id");
    NEW."limit_bytes" := coalesce("standard"."storage_bytes", NEW."limit_bytes");
    NEW."layer_limit_bytes" := "standard"."layer_bytes";
    RETURN NEW;
END
$$;
CREATE TRIGGER "namespace_usage_plan" BEFORE INSERT ON "namespace_usage"
    FOR EACH ROW EXECUTE FUNCTION "put_on_default_plan"();
