-- CreateTable
CREATE TABLE "audit_seal" (
    "id" BIGINT NOT NULL,
    "previous" BYTEA NOT NULL,
    "root" BYTEA NOT NULL,
    "sealed_at" TIMESTAMPTZ(6) NOT NULL,
    "events" INTEGER NOT NULL,
    "last_event_id" BIGINT NOT NULL,

    CONSTRAINT "audit_seal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_seal_entry" (
    "seal_id" BIGINT NOT NULL,
    "event_id" BIGINT NOT NULL,
    "digest" BYTEA NOT NULL,

    CONSTRAINT "audit_seal_entry_pkey" PRIMARY KEY ("seal_id","event_id")
);

-- CreateTable
CREATE TABLE "audit_redaction" (
    "id" BIGSERIAL NOT NULL,
    "event_id" BIGINT NOT NULL,
    "digest" BYTEA,
    "seal_id" BIGINT,

    CONSTRAINT "audit_redaction_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "audit_seal_entry_event_id_key" ON "audit_seal_entry"("event_id");

-- CreateIndex
CREATE INDEX "audit_redaction_event_id_idx" ON "audit_redaction"("event_id");

-- CreateIndex
CREATE INDEX "audit_redaction_seal_id_idx" ON "audit_redaction"("seal_id");
