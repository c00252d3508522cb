-- The hot path, counted piece by piece (docs/decisions/0015). Most of what a redemption costs is not its rows but setting its statements up:
-- each column that passes from CTE to CTE, each assignment, each column of a function read like a table. So: three small statements instead of
-- one with three CTEs, no variable that a column can hold, one composite value as the answer. A SET clause costs each call a turn of the settings'
-- stack: only search_path stays, for safety. By primary key Postgres keeps to the generic plan by itself, from a session's sixth call on.

-- Nothing looks a record up by (time, id): its place is (stream, seq), and its chain proves that it is there once.
ALTER TABLE audit_log DROP CONSTRAINT audit_log_pkey;

CREATE TYPE voucher_outcome AS (
  outcome text, id uuid, kind text, visit_id uuid, party text, subject uuid, issued_at timestamptz, expires_at timestamptz,
  opened_at timestamptz, redeemed_at timestamptz, holder_hash bytea, redemption_ip text, redemption_ua text, revoked_at timestamptz
);

-- Spends. `outcome`: first (it was live and is now ours), or what voucher_explain says. Only the UPDATE grants.
-- The same holder may repeat, past expiry too, until revoked: a lost answer strands nobody. Expiry is strict and by this clock.
-- It spends, moves the visit's chain and records, or does none of it: one call, one transaction. What audit_append does is written out in it.
DROP FUNCTION voucher_redeem(uuid, bytea[], bytea[], uuid, bytea[], text, text, boolean);
CREATE FUNCTION voucher_redeem(
  p_id uuid, p_code_hashes bytea[], p_nonce_hashes bytea[], p_visit uuid, p_holder_hashes bytea[], p_ip text, p_agent text, p_strict boolean
) RETURNS voucher_outcome LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  record_id uuid := gen_random_uuid();
  v public.voucher_outcome;
  place record;
BEGIN
  IF p_id IS NULL THEN
    SELECT u.id INTO p_id FROM public.vouchers u WHERE u.code_hash = ANY (p_code_hashes);
  END IF;
  UPDATE public.vouchers u
    SET usage_count = u.usage_count + 1, redeemed_at = statement_timestamp(), holder_hash = p_holder_hashes[1],
      redemption_ip = p_ip, redemption_ua = p_agent
    WHERE u.id = p_id AND u.usage_count < u.max_usage_count AND u.revoked_at IS NULL
      AND u.expires_at > statement_timestamp() AND u.not_before <= statement_timestamp() + interval '2 minutes'
      AND (p_nonce_hashes IS NULL OR u.nonce_hash = ANY (p_nonce_hashes))
      AND (p_visit IS NULL OR u.visit_id = p_visit)
    RETURNING 'first', u.id, u.kind, u.visit_id, u.party, u.subject, u.issued_at, u.expires_at,
      u.opened_at, u.redeemed_at, u.holder_hash, u.redemption_ip, u.redemption_ua, u.revoked_at
    INTO v;
  IF NOT FOUND THEN
    SELECT * INTO v FROM public.voucher_explain(
      p_id, p_nonce_hashes, p_visit, p_holder_hashes, p_ip, p_agent, p_strict, statement_timestamp());
    RETURN v;
  END IF;

  UPDATE public.audit_heads h
    SET seq = h.seq + 1, prev_hash = h.hash,
      hash = sha256(h.hash || public.audit_canonical(h.stream, h.seq + 1,
        record_id, v.redeemed_at, 'TOKEN_REDEEMED', v.visit_id, v.id, v.subject::text, upper(v.party), p_ip, p_agent, '{}', true, NULL))
    WHERE h.stream = public.audit_stream(v.visit_id, NULL, NULL, NULL)
    RETURNING h.stream, h.seq, h.prev_hash, h.hash INTO place;
  IF NOT FOUND THEN -- nothing is spent that is not recorded
    RAISE EXCEPTION 'an audit chain has lost its head: run npm run audit:verify';
  END IF;
  INSERT INTO public.audit_log VALUES (record_id, place.stream, place.seq, v.redeemed_at, 'TOKEN_REDEEMED', v.visit_id, v.id, v.subject::text,
    upper(v.party), p_ip, p_agent, '{}', true, NULL, public.audit_keep_until(v.redeemed_at), place.prev_hash, place.hash);
  RETURN v;
END $$;
REVOKE EXECUTE ON FUNCTION voucher_redeem(uuid, bytea[], bytea[], uuid, bytea[], text, text, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION voucher_redeem(uuid, bytea[], bytea[], uuid, bytea[], text, text, boolean) TO vouchsafe_app;
