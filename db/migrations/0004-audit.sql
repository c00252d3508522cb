-- The audit: insert-only, hash-chained, partitioned by month.
CREATE TABLE audit_log (
  id uuid NOT NULL,
  stream smallint NOT NULL,
  seq bigint NOT NULL,
  occurred_at timestamptz NOT NULL,
  event_type text NOT NULL,
  visit_id uuid,
  token_id uuid,
  actor_id text,
  actor_role text NOT NULL,
  ip_address text,
  user_agent text,
  metadata jsonb NOT NULL,
  success boolean NOT NULL,
  error_code text,
  expires_at timestamptz NOT NULL,
  prev_hash bytea NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (occurred_at, id)
) PARTITION BY RANGE (occurred_at);
CREATE INDEX audit_log_chain ON audit_log (stream, seq);
CREATE INDEX audit_log_by_visit ON audit_log (visit_id, occurred_at);

-- 256 chains rather than one: a single head would make every commit wait for the one before (bars.md: 10.0k/s becomes 3.1k/s).
-- All heads exist from the start, so a missing one is itself a finding. Their low fill factor keeps updates on the page.
CREATE TABLE audit_heads (
  stream smallint PRIMARY KEY,
  seq bigint NOT NULL,
  prev_hash bytea NOT NULL,
  hash bytea NOT NULL
) WITH (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
INSERT INTO audit_heads SELECT stream, 0, decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex') FROM generate_series(0, 255) AS stream;

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'the audit is append-only: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER refuse_statement BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER refuse_removal BEFORE DELETE OR TRUNCATE ON audit_heads FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();

-- Statement triggers and row security are not inherited by partitions: each gets its own, so that naming one directly is no way round.
CREATE FUNCTION audit_guard_partition(partition regclass) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER refuse_statement BEFORE UPDATE OR DELETE OR TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse()', partition);
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', partition);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', partition);
END $$;

CREATE TABLE audit_log_default PARTITION OF audit_log DEFAULT;
SELECT audit_guard_partition('audit_log_default');

-- Makes this month's partition and the next `months`. A month that already has rows in the default partition stays there: rows never move.
CREATE FUNCTION audit_prepare_partitions(months integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  start timestamptz;
  finish timestamptz;
  name text;
  made integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(5820114214);
  FOR ahead IN 0..least(months, 24) LOOP
    start := date_trunc('month', now()) + make_interval(months => ahead);
    finish := start + interval '1 month';
    name := 'audit_log_' || to_char(start, 'YYYY_MM');
    CONTINUE WHEN to_regclass('public.' || name) IS NOT NULL;
    CONTINUE WHEN EXISTS (SELECT 1 FROM public.audit_log_default WHERE occurred_at >= start AND occurred_at < finish);
    EXECUTE format('CREATE TABLE public.%I PARTITION OF public.audit_log FOR VALUES FROM (%L) TO (%L)', name, start, finish);
    PERFORM public.audit_guard_partition(('public.' || name)::regclass);
    made := made + 1;
  END LOOP;
  RETURN made;
END $$;

-- What a row's hash covers, its place in the chain first: a JSON array, in which no two rows look alike. Times as microseconds since 1970.
-- lib/audit/canonical.ts writes the same text; `npm run audit:verify` compares.
CREATE FUNCTION audit_canonical(
  stream smallint, seq bigint, id uuid, at timestamptz, event text, visit uuid, token uuid, actor text, role text, ip text, agent text,
  metadata jsonb, success boolean, error text
) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
RETURN convert_to(json_build_array(stream, seq, id, (extract(epoch FROM at) * 1000000)::bigint, event, visit, token, actor, role, ip, agent,
  metadata, success, error)::text, 'UTF8');

-- The chain of a record: its visit's, else its token's, else its actor's.
CREATE FUNCTION audit_stream(visit uuid, token uuid, actor text, event text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN get_byte(uuid_send(coalesce(visit, token, md5(coalesce(actor, event))::uuid)), 15);

-- Seven years by the calendar in UTC, whatever zone the session is in.
CREATE FUNCTION audit_keep_until(at timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ((at AT TIME ZONE 'UTC') + interval '7 years') AT TIME ZONE 'UTC';

-- Appends one record: moves its chain's head by one step (the row lock orders rivals) and inserts what the head now says.
CREATE FUNCTION audit_append(
  p_event text, p_visit uuid, p_token uuid, p_actor text, p_role text, p_ip text, p_agent text,
  p_metadata jsonb, p_success boolean, p_error text
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  now_at timestamptz := clock_timestamp();
  row_id uuid := gen_random_uuid();
BEGIN
  IF octet_length(p_metadata::text) > 8192 OR octet_length(p_event) > 64 THEN
    RAISE EXCEPTION 'audit record too large' USING ERRCODE = 'program_limit_exceeded';
  END IF;
  WITH head AS (
    UPDATE public.audit_heads h
    SET seq = h.seq + 1, prev_hash = h.hash,
      hash = sha256(h.hash || public.audit_canonical(
        h.stream, h.seq + 1, row_id, now_at, p_event, p_visit, p_token, p_actor, p_role, p_ip, p_agent, p_metadata, p_success, p_error))
    WHERE h.stream = public.audit_stream(p_visit, p_token, p_actor, p_event)
    RETURNING h.stream, h.seq, h.prev_hash, h.hash)
  INSERT INTO public.audit_log
    SELECT row_id, head.stream, head.seq, now_at, p_event, p_visit, p_token, p_actor, p_role, p_ip, p_agent, p_metadata, p_success, p_error,
      public.audit_keep_until(now_at), head.prev_hash, head.hash FROM head;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'an audit chain has lost its head: run npm run audit:verify';
  END IF;
END $$;

-- Several records of one transaction. Sorted by chain, so that two transactions can never wait for each other.
CREATE FUNCTION audit_append_all(p_entries jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  entry record;
BEGIN
  FOR entry IN
    SELECT e.*, (r.value -> 'metadata') AS facts
    FROM jsonb_array_elements(p_entries) WITH ORDINALITY AS r (value, place),
      jsonb_to_record(r.value) AS e (event text, visit uuid, token uuid, actor text, role text, ip text, agent text, success boolean, error text)
    ORDER BY public.audit_stream(e.visit, e.token, e.actor, e.event), r.place
  LOOP
    PERFORM public.audit_append(entry.event, entry.visit, entry.token, entry.actor, entry.role, entry.ip, entry.agent, entry.facts, entry.success, entry.error);
  END LOOP;
END $$;
