--- Where an account is deleted, the rows that name it are looked for. Pushes write none of these.
CREATE INDEX "audit_event_person_idx" ON "audit_event" ((split_part("target", '/', -1)))
    WHERE split_part("action", '.', 1) IN ('user', 'login', 'member', 'session', 'namespace');
CREATE INDEX "audit_event_administrator_idx" ON "audit_event" (("detail" ->> 'administrator'))
    WHERE "detail" ? 'administrator';
