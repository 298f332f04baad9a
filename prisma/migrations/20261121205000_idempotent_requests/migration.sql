-- CreateTable
CREATE TABLE "idempotent_request" (
    "id" BYTEA NOT NULL,
    "user_id" UUID NOT NULL,
    "request" BYTEA NOT NULL,
    "status" INTEGER,
    "answer" TEXT,
    "running_until" TIMESTAMPTZ(6) NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "idempotent_request_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "idempotent_request_user_id_idx" ON "idempotent_request"("user_id");

-- CreateIndex
CREATE INDEX "idempotent_request_expires_at_idx" ON "idempotent_request"("expires_at");

-- AddForeignKey
ALTER TABLE "idempotent_request" ADD CONSTRAINT "idempotent_request_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
