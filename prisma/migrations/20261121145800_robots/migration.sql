-- CreateTable
CREATE TABLE "robot" (
    "id" UUID NOT NULL,
    "namespace_id" UUID NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "disabled_at" TIMESTAMPTZ(6),
    "expires_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(6),
    "last_used_address" TEXT,

    CONSTRAINT "robot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "robot_secret" (
    "id" UUID NOT NULL,
    "robot_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "hint" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(6),
    "last_used_address" TEXT,

    CONSTRAINT "robot_secret_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "robot_namespace_id_name_key" ON "robot"("namespace_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "robot_secret_hash_key" ON "robot_secret"("hash");

-- CreateIndex
CREATE INDEX "robot_secret_robot_id_idx" ON "robot_secret"("robot_id");

-- AddForeignKey
ALTER TABLE "robot" ADD CONSTRAINT "robot_namespace_id_fkey" FOREIGN KEY ("namespace_id") REFERENCES "namespace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "robot_secret" ADD CONSTRAINT "robot_secret_robot_id_fkey" FOREIGN KEY ("robot_id") REFERENCES "robot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TRIGGER "robot_forget" AFTER DELETE ON "robot"
    FOR EACH ROW EXECUTE FUNCTION "forget_principal"('robot');

-- A secret never signs in another robot than it was made for.
CREATE TRIGGER "robot_secret_owner" BEFORE UPDATE OF "robot_id" ON "robot_secret"
    FOR EACH ROW WHEN (OLD."robot_id" IS DISTINCT FROM NEW."robot_id") EXECUTE FUNCTION "refuse_owner_change"();
