/** Version 1 of what is sealed of a row `e` of audit_event: every column, times in microseconds. */
export const DIGEST_OF_EVENT = `sha256(convert_to(jsonb_build_array(
  e.id, (extract(epoch FROM e.at) * 1000000)::bigint, e.action, e.actor_kind, e.actor_id, e.actor_name,
  e.credential_id, e.address, e.namespace_id, e.target, e.detail)::text, 'UTF8'))`;

/** The root of a seal `s`: what came before, when it was made, its events by id, and what was redacted meanwhile. */
export const ROOT_OF_SEAL = `sha256(
  s.previous || int8send(s.id) || int8send((extract(epoch FROM s.sealed_at) * 1000000)::bigint)
  || coalesce((SELECT string_agg(int8send(t.event_id) || t.digest, ''::bytea ORDER BY t.event_id)
               FROM audit_seal_entry t WHERE t.seal_id = s.id), ''::bytea)
  || coalesce((SELECT string_agg(int8send(r.event_id) || r.digest, ''::bytea ORDER BY r.id)
               FROM audit_redaction r WHERE r.seal_id = s.id), ''::bytea))`;

/**
 * The id up to which every event must be sealed: rows commit out of order, but not this many seconds after a later one.
 * `$1` is those seconds.
 */
export const SETTLED_ID = `coalesce((SELECT last_event_id FROM audit_seal
  WHERE sealed_at < now() - make_interval(secs => $1::float8) ORDER BY id DESC LIMIT 1), 0)`;

/** No transaction of ours lives this long: statements end after 30 seconds, idle transactions after 10. */
export const SETTLING_SECONDS = 600;
