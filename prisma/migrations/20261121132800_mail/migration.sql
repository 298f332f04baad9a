-- CreateTable
CREATE TABLE "mail" (
    "id" UUID NOT NULL,
    "recipient" TEXT COLLATE "C" NOT NULL,
    "template" TEXT COLLATE "C" NOT NULL,
    "facts" JSONB NOT NULL,
    "sealed_secret" BYTEA,
    "reference" UUID,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT COLLATE "C",
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "due_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "mail_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "mail_due_at_idx" ON "mail"("due_at");

-- CreateIndex
CREATE INDEX "mail_reference_idx" ON "mail"("reference");

-- CreateIndex
CREATE INDEX "mail_created_at_id_idx" ON "mail"("created_at", "id");
