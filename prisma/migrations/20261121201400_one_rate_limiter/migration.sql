-- Requests and new accounts are counted where wrong passwords are.
DROP TABLE "rate_limit";

-- One job removes what is over.
DELETE FROM "scheduled_job" WHERE "name" = 'forget-rate-limits';
