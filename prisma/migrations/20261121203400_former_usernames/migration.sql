-- CreateTable
CREATE TABLE "former_username" (
    "user_id" UUID NOT NULL,
    "username" TEXT COLLATE "C" NOT NULL,
    "until" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "former_username_pkey" PRIMARY KEY ("user_id","username")
);

-- AddForeignKey
ALTER TABLE "former_username" ADD CONSTRAINT "former_username_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
