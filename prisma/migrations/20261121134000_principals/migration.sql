-- CreateEnum
CREATE TYPE "principal_kind" AS ENUM ('user', 'robot', 'rule');

-- Upload sessions belong to a principal, who need not be a user.
ALTER TABLE "upload_session" DROP CONSTRAINT "upload_session_user_id_fkey";
ALTER TABLE "upload_session" RENAME COLUMN "user_id" TO "principal_id";
ALTER TABLE "upload_session" ADD COLUMN "principal_kind" "principal_kind" NOT NULL DEFAULT 'user';
ALTER TABLE "upload_session" ALTER COLUMN "principal_kind" DROP DEFAULT;
ALTER INDEX "upload_session_user_id_idx" RENAME TO "upload_session_principal_id_idx";

ALTER TABLE "finished_upload" RENAME COLUMN "user_id" TO "principal_id";
ALTER TABLE "finished_upload" ADD COLUMN "principal_kind" "principal_kind" NOT NULL DEFAULT 'user';
ALTER TABLE "finished_upload" ALTER COLUMN "principal_kind" DROP DEFAULT;

-- AlterTable
ALTER TABLE "audit_event" ADD COLUMN "actor_kind" "principal_kind";
UPDATE "audit_event" SET "actor_kind" = 'user' WHERE "actor_id" IS NOT NULL;

-- CreateTable
CREATE TABLE "access_grant" (
    "namespace_id" UUID NOT NULL,
    "subject_kind" "principal_kind" NOT NULL,
    "subject_id" UUID NOT NULL,
    "path" TEXT COLLATE "C" NOT NULL,
    "can_pull" BOOLEAN NOT NULL,
    "can_push" BOOLEAN NOT NULL,
    "can_delete" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "access_grant_pkey" PRIMARY KEY ("subject_id","namespace_id","path")
);

-- CreateIndex
CREATE INDEX "access_grant_namespace_id_idx" ON "access_grant"("namespace_id");

-- AddForeignKey
ALTER TABLE "access_grant" ADD CONSTRAINT "access_grant_namespace_id_fkey" FOREIGN KEY ("namespace_id") REFERENCES "namespace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A grant gives something, and a star stands only for all that follows a slash.
ALTER TABLE "access_grant"
    ADD CONSTRAINT "access_grant_sane" CHECK (("can_pull" OR "can_push" OR "can_delete") AND "path" ~ '^([^*]+/)?[^*/]+$|^([^*]+/)?\*$');

-- Whoever goes takes along what was granted and what is being uploaded; what the uploads had reserved comes back. The
-- staged bytes are freed by the sweep, as after a crash.
CREATE FUNCTION "forget_principal"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM "access_grant" WHERE "subject_id" = OLD."id" AND "subject_kind" = TG_ARGV[0]::"principal_kind";
    WITH "ended" AS (
        DELETE FROM "upload_session" s USING "repository" r
        WHERE s."principal_id" = OLD."id" AND s."principal_kind" = TG_ARGV[0]::"principal_kind" AND r."id" = s."repository_id"
        RETURNING r."namespace_id", s."reserved_bytes"
    ), "freed" AS (
        SELECT "namespace_id", sum("reserved_bytes")::bigint AS "bytes" FROM "ended" GROUP BY "namespace_id"
    )
    UPDATE "namespace_usage" u SET "reserved_bytes" = u."reserved_bytes" - f."bytes"
    FROM "freed" f WHERE u."namespace_id" = f."namespace_id";
    RETURN NULL;
END
$$;
CREATE TRIGGER "app_user_forget" AFTER DELETE ON "app_user"
    FOR EACH ROW EXECUTE FUNCTION "forget_principal"('user');

-- Who is no member any more keeps nothing in the namespace.
CREATE FUNCTION "forget_member"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM "access_grant"
    WHERE "subject_id" = OLD."user_id" AND "subject_kind" = 'user' AND "namespace_id" = OLD."namespace_id";
    RETURN NULL;
END
$$;
CREATE TRIGGER "namespace_member_forget" AFTER DELETE ON "namespace_member"
    FOR EACH ROW EXECUTE FUNCTION "forget_member"();
