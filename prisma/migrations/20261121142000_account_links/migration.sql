-- AlterTable
ALTER TABLE "app_user" ADD COLUMN "email_verified_at" TIMESTAMPTZ(6);

-- An address is one account's when that account has proven it. Until then anybody may have typed it: a sign-up must not
-- tell who has an account, and must not keep an address from its owner.
DROP INDEX "app_user_email_key";
CREATE UNIQUE INDEX "app_user_email_key" ON "app_user" (lower("email")) WHERE "email_verified_at" IS NOT NULL;
CREATE INDEX "app_user_email_idx" ON "app_user" (lower("email"));

-- CreateTable
CREATE TABLE "account_link" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "purpose" TEXT COLLATE "C" NOT NULL,
    "hash" BYTEA NOT NULL,
    "address" TEXT COLLATE "C" NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "account_link_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "account_link_hash_key" ON "account_link"("hash");

-- CreateIndex
CREATE INDEX "account_link_user_id_purpose_idx" ON "account_link"("user_id", "purpose");

-- CreateIndex
CREATE INDEX "account_link_expires_at_idx" ON "account_link"("expires_at");

-- AddForeignKey
ALTER TABLE "account_link" ADD CONSTRAINT "account_link_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A letter is not sent when what its link opens has gone, however it went.
CREATE FUNCTION "withdraw_mail"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "mail" USING gone WHERE "mail"."reference" = gone."id";
  RETURN NULL;
END $$;
CREATE TRIGGER "account_link_mail" AFTER DELETE ON "account_link"
REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION "withdraw_mail"();
