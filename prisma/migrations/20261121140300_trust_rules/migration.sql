-- CreateTable
CREATE TABLE "trust_rule" (
    "id" UUID NOT NULL,
    "namespace_id" UUID NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "issuer" TEXT COLLATE "C" NOT NULL,
    "audience" TEXT COLLATE "C" NOT NULL,
    "claims" JSONB NOT NULL,
    "exact_claims" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(6),
    "last_used_by" TEXT,

    CONSTRAINT "trust_rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_session" (
    "id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "subject" TEXT NOT NULL,
    "rule_ids" UUID[] NOT NULL,
    "service" TEXT COLLATE "C" NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "job_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_token_use" (
    "digest" BYTEA NOT NULL,
    "uses" INTEGER NOT NULL DEFAULT 1,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "job_token_use_pkey" PRIMARY KEY ("digest")
);

-- CreateIndex
CREATE INDEX "trust_rule_issuer_audience_idx" ON "trust_rule"("issuer", "audience");

-- CreateIndex
CREATE UNIQUE INDEX "trust_rule_namespace_id_name_key" ON "trust_rule"("namespace_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "job_session_hash_key" ON "job_session"("hash");

-- CreateIndex
CREATE INDEX "job_session_expires_at_idx" ON "job_session"("expires_at");

-- CreateIndex
CREATE INDEX "job_token_use_expires_at_idx" ON "job_token_use"("expires_at");

-- AddForeignKey
ALTER TABLE "trust_rule" ADD CONSTRAINT "trust_rule_namespace_id_fkey" FOREIGN KEY ("namespace_id") REFERENCES "namespace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What a rule had granted goes with it, and so do the uploads of the jobs that it let in.
CREATE TRIGGER "trust_rule_forget" AFTER DELETE ON "trust_rule"
    FOR EACH ROW EXECUTE FUNCTION "forget_principal"('rule');
