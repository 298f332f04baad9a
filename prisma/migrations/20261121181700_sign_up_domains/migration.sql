-- CreateTable
CREATE TABLE "sign_up_domain" (
    "domain" TEXT COLLATE "C" NOT NULL,
    "list" TEXT COLLATE "C" NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sign_up_domain_pkey" PRIMARY KEY ("domain"),
    CONSTRAINT "sign_up_domain_list" CHECK ("list" IN ('blocked', 'allowed'))
);

-- CreateIndex
CREATE INDEX "sign_up_domain_list_domain_idx" ON "sign_up_domain"("list", "domain");
