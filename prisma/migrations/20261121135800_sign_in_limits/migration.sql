-- Where somebody has signed in, to the network: what a wrong guess from elsewhere can't keep out.
CREATE TABLE "sign_in_network" (
    "user_id" UUID NOT NULL,
    "network" TEXT COLLATE "C" NOT NULL,
    "first_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sign_in_network_pkey" PRIMARY KEY ("user_id","network")
);

CREATE INDEX "sign_in_network_last_at_idx" ON "sign_in_network"("last_at");

ALTER TABLE "sign_in_network" ADD CONSTRAINT "sign_in_network_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Counters for limits. Unlogged: a crash of Postgres may forget them, and an attack must not fill the log of changes.
CREATE UNLOGGED TABLE "rate_window" (
    "key" TEXT COLLATE "C" NOT NULL,
    "count" INTEGER NOT NULL,
    "ends_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "rate_window_pkey" PRIMARY KEY ("key")
);

CREATE INDEX "rate_window_ends_at_idx" ON "rate_window"("ends_at");

ALTER TABLE "access_token" ADD COLUMN "last_used_address" TEXT;

ALTER TABLE "refresh_token" ADD COLUMN "last_used_address" TEXT;
