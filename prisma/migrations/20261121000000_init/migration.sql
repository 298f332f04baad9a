-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "namespace_kind" AS ENUM ('personal', 'organization');

-- CreateEnum
CREATE TYPE "member_role" AS ENUM ('reader', 'developer', 'maintainer', 'owner');

-- CreateEnum
CREATE TYPE "repository_visibility" AS ENUM ('private', 'internal', 'public');

-- CreateEnum
CREATE TYPE "blob_state" AS ENUM ('live', 'condemned');

-- CreateEnum
CREATE TYPE "manifest_kind" AS ENUM ('image', 'index', 'artifact');

-- CreateTable
CREATE TABLE "app_user" (
    "id" UUID NOT NULL,
    "username" TEXT COLLATE "C" NOT NULL,
    "email" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "is_admin" BOOLEAN NOT NULL DEFAULT false,
    "disabled_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" BYTEA NOT NULL,
    "user_id" UUID,
    "data" JSONB NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "access_token" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "hash" BYTEA NOT NULL,
    "hint" TEXT NOT NULL,
    "grants" JSONB,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6),
    "last_used_at" TIMESTAMPTZ(6),

    CONSTRAINT "access_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refresh_token" (
    "id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "user_id" UUID NOT NULL,
    "access_token_id" UUID,
    "service" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "refresh_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "signing_key" (
    "kid" TEXT COLLATE "C" NOT NULL,
    "public_jwk" JSONB NOT NULL,
    "private_jwk" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ(6),

    CONSTRAINT "signing_key_pkey" PRIMARY KEY ("kid")
);

-- CreateTable
CREATE TABLE "setting" (
    "name" TEXT COLLATE "C" NOT NULL,
    "value" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "namespace" (
    "id" UUID NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "display_name" TEXT NOT NULL,
    "kind" "namespace_kind" NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "namespace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "namespace_member" (
    "namespace_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" "member_role" NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "namespace_member_pkey" PRIMARY KEY ("namespace_id","user_id")
);

-- CreateTable
CREATE TABLE "namespace_usage" (
    "namespace_id" UUID NOT NULL,
    "used_bytes" BIGINT NOT NULL DEFAULT 0,
    "reserved_bytes" BIGINT NOT NULL DEFAULT 0,
    "limit_bytes" BIGINT NOT NULL,

    CONSTRAINT "namespace_usage_pkey" PRIMARY KEY ("namespace_id")
);

-- CreateTable
CREATE TABLE "namespace_blob" (
    "namespace_id" UUID NOT NULL,
    "digest" TEXT COLLATE "C" NOT NULL,
    "size" BIGINT NOT NULL,
    "link_count" INTEGER NOT NULL,

    CONSTRAINT "namespace_blob_pkey" PRIMARY KEY ("namespace_id","digest")
);

-- CreateTable
CREATE TABLE "repository" (
    "id" UUID NOT NULL,
    "namespace_id" UUID NOT NULL,
    "path" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "visibility" "repository_visibility" NOT NULL DEFAULT 'private',
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_pushed_at" TIMESTAMPTZ(6),

    CONSTRAINT "repository_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "blob" (
    "digest" TEXT COLLATE "C" NOT NULL,
    "size" BIGINT NOT NULL,
    "generation" TEXT COLLATE "C" NOT NULL,
    "state" "blob_state" NOT NULL DEFAULT 'live',
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "blob_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "repository_blob" (
    "repository_id" UUID NOT NULL,
    "digest" TEXT COLLATE "C" NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "repository_blob_pkey" PRIMARY KEY ("repository_id","digest")
);

-- CreateTable
CREATE TABLE "manifest" (
    "repository_id" UUID NOT NULL,
    "digest" TEXT COLLATE "C" NOT NULL,
    "media_type" TEXT NOT NULL,
    "kind" "manifest_kind" NOT NULL,
    "artifact_type" TEXT,
    "config_digest" TEXT COLLATE "C",
    "subject_digest" TEXT COLLATE "C",
    "annotations" JSONB NOT NULL,
    "platform" JSONB,
    "payload" BYTEA NOT NULL,
    "payload_size" INTEGER NOT NULL,
    "content_size" BIGINT NOT NULL,
    "pushed_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "pushed_by" TEXT,

    CONSTRAINT "manifest_pkey" PRIMARY KEY ("repository_id","digest")
);

-- CreateTable
CREATE TABLE "manifest_blob" (
    "repository_id" UUID NOT NULL,
    "manifest_digest" TEXT COLLATE "C" NOT NULL,
    "blob_digest" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "manifest_blob_pkey" PRIMARY KEY ("repository_id","manifest_digest","blob_digest")
);

-- CreateTable
CREATE TABLE "manifest_child" (
    "repository_id" UUID NOT NULL,
    "parent_digest" TEXT COLLATE "C" NOT NULL,
    "child_digest" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "manifest_child_pkey" PRIMARY KEY ("repository_id","parent_digest","child_digest")
);

-- CreateTable
CREATE TABLE "tag" (
    "repository_id" UUID NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "digest" TEXT COLLATE "C" NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_by" TEXT,

    CONSTRAINT "tag_pkey" PRIMARY KEY ("repository_id","name")
);

-- CreateTable
CREATE TABLE "tag_event" (
    "id" BIGSERIAL NOT NULL,
    "repository_id" UUID NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "digest" TEXT COLLATE "C",
    "previous_digest" TEXT COLLATE "C",
    "actor" TEXT,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tag_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "upload_session" (
    "id" UUID NOT NULL,
    "repository_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "storage_token" TEXT NOT NULL,
    "durable_bytes" BIGINT NOT NULL DEFAULT 0,
    "reserved_bytes" BIGINT NOT NULL DEFAULT 0,
    "writer" UUID,
    "writer_until" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "touched_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "upload_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "blob_review" (
    "digest" TEXT COLLATE "C" NOT NULL,
    "review_after" TIMESTAMPTZ(6) NOT NULL,
    "review_count" INTEGER NOT NULL DEFAULT 0,
    "event" TEXT NOT NULL,

    CONSTRAINT "blob_review_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "manifest_review" (
    "repository_id" UUID NOT NULL,
    "digest" TEXT COLLATE "C" NOT NULL,
    "review_after" TIMESTAMPTZ(6) NOT NULL,
    "review_count" INTEGER NOT NULL DEFAULT 0,
    "event" TEXT NOT NULL,

    CONSTRAINT "manifest_review_pkey" PRIMARY KEY ("repository_id","digest")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "action" TEXT NOT NULL,
    "actor_id" UUID,
    "actor_name" TEXT,
    "credential_id" UUID,
    "address" TEXT,
    "namespace_id" UUID,
    "target" TEXT NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "app_user_username_key" ON "app_user"("username");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE INDEX "session_expires_at_idx" ON "session"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "access_token_hash_key" ON "access_token"("hash");

-- CreateIndex
CREATE INDEX "access_token_user_id_created_at_idx" ON "access_token"("user_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "refresh_token_hash_key" ON "refresh_token"("hash");

-- CreateIndex
CREATE INDEX "refresh_token_user_id_idx" ON "refresh_token"("user_id");

-- CreateIndex
CREATE INDEX "refresh_token_access_token_id_idx" ON "refresh_token"("access_token_id");

-- CreateIndex
CREATE UNIQUE INDEX "namespace_name_key" ON "namespace"("name");

-- CreateIndex
CREATE INDEX "namespace_member_user_id_idx" ON "namespace_member"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "repository_name_key" ON "repository"("name");

-- CreateIndex
CREATE INDEX "repository_namespace_id_name_idx" ON "repository"("namespace_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "repository_namespace_id_path_key" ON "repository"("namespace_id", "path");

-- CreateIndex
CREATE INDEX "repository_blob_digest_idx" ON "repository_blob"("digest");

-- CreateIndex
CREATE INDEX "manifest_repository_id_subject_digest_idx" ON "manifest"("repository_id", "subject_digest");

-- CreateIndex
CREATE INDEX "manifest_blob_repository_id_blob_digest_idx" ON "manifest_blob"("repository_id", "blob_digest");

-- CreateIndex
CREATE INDEX "manifest_child_repository_id_child_digest_idx" ON "manifest_child"("repository_id", "child_digest");

-- CreateIndex
CREATE INDEX "tag_repository_id_digest_idx" ON "tag"("repository_id", "digest");

-- CreateIndex
CREATE INDEX "tag_event_repository_id_name_id_idx" ON "tag_event"("repository_id", "name", "id");

-- CreateIndex
CREATE INDEX "upload_session_touched_at_idx" ON "upload_session"("touched_at");

-- CreateIndex
CREATE INDEX "upload_session_user_id_idx" ON "upload_session"("user_id");

-- CreateIndex
CREATE INDEX "blob_review_review_after_idx" ON "blob_review"("review_after");

-- CreateIndex
CREATE INDEX "manifest_review_review_after_idx" ON "manifest_review"("review_after");

-- CreateIndex
CREATE INDEX "audit_event_namespace_id_id_idx" ON "audit_event"("namespace_id", "id");

-- CreateIndex
CREATE INDEX "audit_event_actor_id_id_idx" ON "audit_event"("actor_id", "id");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_token" ADD CONSTRAINT "access_token_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refresh_token" ADD CONSTRAINT "refresh_token_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refresh_token" ADD CONSTRAINT "refresh_token_access_token_id_fkey" FOREIGN KEY ("access_token_id") REFERENCES "access_token"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "namespace_member" ADD CONSTRAINT "namespace_member_namespace_id_fkey" FOREIGN KEY ("namespace_id") REFERENCES "namespace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "namespace_member" ADD CONSTRAINT "namespace_member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "namespace_usage" ADD CONSTRAINT "namespace_usage_namespace_id_fkey" FOREIGN KEY ("namespace_id") REFERENCES "namespace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "namespace_blob" ADD CONSTRAINT "namespace_blob_namespace_id_fkey" FOREIGN KEY ("namespace_id") REFERENCES "namespace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "repository" ADD CONSTRAINT "repository_namespace_id_fkey" FOREIGN KEY ("namespace_id") REFERENCES "namespace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "repository_blob" ADD CONSTRAINT "repository_blob_repository_id_fkey" FOREIGN KEY ("repository_id") REFERENCES "repository"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "repository_blob" ADD CONSTRAINT "repository_blob_digest_fkey" FOREIGN KEY ("digest") REFERENCES "blob"("digest") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "manifest" ADD CONSTRAINT "manifest_repository_id_fkey" FOREIGN KEY ("repository_id") REFERENCES "repository"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "manifest_blob" ADD CONSTRAINT "manifest_blob_repository_id_manifest_digest_fkey" FOREIGN KEY ("repository_id", "manifest_digest") REFERENCES "manifest"("repository_id", "digest") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "manifest_blob" ADD CONSTRAINT "manifest_blob_repository_id_blob_digest_fkey" FOREIGN KEY ("repository_id", "blob_digest") REFERENCES "repository_blob"("repository_id", "digest") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "manifest_child" ADD CONSTRAINT "manifest_child_repository_id_parent_digest_fkey" FOREIGN KEY ("repository_id", "parent_digest") REFERENCES "manifest"("repository_id", "digest") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "manifest_child" ADD CONSTRAINT "manifest_child_repository_id_child_digest_fkey" FOREIGN KEY ("repository_id", "child_digest") REFERENCES "manifest"("repository_id", "digest") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tag" ADD CONSTRAINT "tag_repository_id_fkey" FOREIGN KEY ("repository_id") REFERENCES "repository"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tag" ADD CONSTRAINT "tag_repository_id_digest_fkey" FOREIGN KEY ("repository_id", "digest") REFERENCES "manifest"("repository_id", "digest") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tag_event" ADD CONSTRAINT "tag_event_repository_id_fkey" FOREIGN KEY ("repository_id") REFERENCES "repository"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "upload_session" ADD CONSTRAINT "upload_session_repository_id_fkey" FOREIGN KEY ("repository_id") REFERENCES "repository"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "upload_session" ADD CONSTRAINT "upload_session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the schema language can't say.

-- E-mail addresses are unique without regard to case.
CREATE UNIQUE INDEX "app_user_email_key" ON "app_user" (lower("email"));

-- Accounting can't go below nothing: a transaction that would do so is a defect and fails.
ALTER TABLE "namespace_usage"
    ADD CONSTRAINT "namespace_usage_sane" CHECK ("used_bytes" >= 0 AND "reserved_bytes" >= 0 AND "limit_bytes" >= 0);
ALTER TABLE "namespace_blob" ADD CONSTRAINT "namespace_blob_sane" CHECK ("link_count" > 0 AND "size" >= 0);
ALTER TABLE "upload_session"
    ADD CONSTRAINT "upload_session_sane" CHECK ("durable_bytes" >= 0 AND "reserved_bytes" >= 0);

-- A live access token's owner never changes: a transfer must revoke it instead.
CREATE FUNCTION "refuse_owner_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the owner of a credential can not change';
END
$$;
CREATE TRIGGER "access_token_owner" BEFORE UPDATE OF "user_id" ON "access_token"
    FOR EACH ROW WHEN (OLD."user_id" IS DISTINCT FROM NEW."user_id") EXECUTE FUNCTION "refuse_owner_change"();
CREATE TRIGGER "refresh_token_owner" BEFORE UPDATE OF "user_id" ON "refresh_token"
    FOR EACH ROW WHEN (OLD."user_id" IS DISTINCT FROM NEW."user_id") EXECUTE FUNCTION "refuse_owner_change"();

-- The catalog of somebody who is no member: only what may be seen is in the index.
CREATE INDEX "repository_visible_name_idx" ON "repository" ("name") WHERE "visibility" <> 'private';
