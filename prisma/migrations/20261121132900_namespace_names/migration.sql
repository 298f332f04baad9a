-- AlterTable
ALTER TABLE "namespace" ADD COLUMN "creates_on_push" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN "default_visibility" "repository_visibility" NOT NULL DEFAULT 'private';

-- CreateTable
CREATE TABLE "namespace_name" (
    "name" TEXT COLLATE "C" NOT NULL,
    "namespace_id" UUID,
    "since" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "held_until" TIMESTAMPTZ(6),

    CONSTRAINT "namespace_name_pkey" PRIMARY KEY ("name"),
    CONSTRAINT "namespace_name_is_had_or_held" CHECK (("namespace_id" IS NULL) <> ("held_until" IS NULL))
);

-- CreateIndex
CREATE INDEX "namespace_name_namespace_id_idx" ON "namespace_name"("namespace_id");

-- AddForeignKey
ALTER TABLE "namespace_name" ADD CONSTRAINT "namespace_name_namespace_id_fkey" FOREIGN KEY ("namespace_id") REFERENCES "namespace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

INSERT INTO "namespace_name" ("name", "namespace_id", "since") SELECT "name", "id", "created_at" FROM "namespace";

-- One row a name, whoever has it: two transactions that want the same name meet at its primary key. A namespace may take
-- back its own old name; what was left behind is free again when its time is over.
CREATE FUNCTION claim_namespace_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO namespace_name AS n (name, namespace_id) VALUES (NEW.name, NEW.id)
  ON CONFLICT (name) DO UPDATE SET namespace_id = NEW.id, held_until = NULL, since = now()
    WHERE n.namespace_id = NEW.id OR n.held_until <= now();
  IF NOT FOUND THEN
    RAISE unique_violation USING CONSTRAINT = 'namespace_name_pkey',
      MESSAGE = 'duplicate key value violates unique constraint "namespace_name_pkey"',
      DETAIL = 'Key (name) already exists.';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER claim_namespace_name AFTER INSERT OR UPDATE OF name ON "namespace"
FOR EACH ROW EXECUTE FUNCTION claim_namespace_name();

-- The names of a namespace that is gone are nobody's for 90 days, so that nobody can serve images under them that others
-- still pull (security.md 4.11).
CREATE FUNCTION hold_namespace_names() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE namespace_name SET namespace_id = NULL, held_until = now() + interval '90 days' WHERE namespace_id = OLD.id;
  RETURN OLD;
END $$;

CREATE TRIGGER hold_namespace_names BEFORE DELETE ON "namespace"
FOR EACH ROW EXECUTE FUNCTION hold_namespace_names();
