-- A charge that does not fit into its namespace fails in Postgres, so that the statement can go out together with COMMIT:
-- the usage row, which every push of the namespace wants, is locked only while Postgres works and writes.
-- STQ01 is ours; the detail says what the refusal was for. As the function is volatile, it sees the usage as it is once the
-- lock was had, not as it was when the statement began.
CREATE FUNCTION "refuse_charge"("namespace" uuid, "needed" bigint) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    "usage" "namespace_usage"%ROWTYPE;
BEGIN
    SELECT * INTO STRICT "usage" FROM "namespace_usage" WHERE "namespace_id" = "namespace";
    RAISE EXCEPTION 'the namespace is out of storage' USING ERRCODE = 'STQ01', DETAIL = json_build_object(
        'usedBytes', "usage"."used_bytes", 'reservedBytes', "usage"."reserved_bytes",
        'limitBytes', "usage"."limit_bytes", 'neededBytes', "needed");
END $$;
