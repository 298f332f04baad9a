-- CreateTable
CREATE TABLE "sign_up_invitation" (
    "id" UUID NOT NULL,
    "email" TEXT COLLATE "C",
    "hash" BYTEA NOT NULL,
    "invited_by" TEXT COLLATE "C" NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "sign_up_invitation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "sign_up_invitation_hash_key" ON "sign_up_invitation"("hash");

-- CreateIndex
CREATE INDEX "sign_up_invitation_created_at_id_idx" ON "sign_up_invitation"("created_at", "id");

CREATE TRIGGER "sign_up_invitation_mail" AFTER DELETE ON "sign_up_invitation"
REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION "withdraw_mail"();
