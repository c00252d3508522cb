-- The steps of a voucher that anybody may present: each is one statement, runs as the owner, and does nothing but this.

-- Finds by id, or by any of the code's hashes. Reads only.
CREATE FUNCTION voucher_find(p_id uuid, p_code_hashes bytea[]) RETURNS SETOF vouchers
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT v.* FROM public.vouchers v WHERE v.id = p_id
  UNION ALL
  SELECT v.* FROM public.vouchers v WHERE p_id IS NULL AND v.code_hash = ANY (p_code_hashes)
  LIMIT 1;
END;

-- Why a redemption did not win: again (the same holder repeats), reused, revoked, expired, early, unknown. Reads only, so it can grant nothing new.
CREATE FUNCTION voucher_explain(
  p_id uuid, p_nonce_hashes bytea[], p_visit uuid, p_holder_hashes bytea[], p_ip text, p_agent text, p_strict boolean, p_at timestamptz
) RETURNS TABLE (
  outcome text, id uuid, kind text, visit_id uuid, party text, subject uuid, issued_at timestamptz, expires_at timestamptz,
  opened_at timestamptz, redeemed_at timestamptz, holder_hash bytea, redemption_ip text, redemption_ua text, revoked_at timestamptz
) LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v record;
  verdict text;
BEGIN
  SELECT u.*, u.xmin AS written_by INTO v FROM public.vouchers u
    WHERE u.id = p_id AND (p_nonce_hashes IS NULL OR u.nonce_hash = ANY (p_nonce_hashes)) AND (p_visit IS NULL OR u.visit_id = p_visit);
  -- Written by this very transaction, yet not returned as won: its record found no chain to join. Nothing is spent that is not recorded.
  IF v.written_by = pg_current_xact_id_if_assigned()::xid THEN
    RAISE EXCEPTION 'an audit chain has lost its head: run npm run audit:verify';
  END IF;
  verdict := CASE
    WHEN v.id IS NULL THEN 'unknown'
    WHEN v.revoked_at IS NOT NULL THEN 'revoked'
    WHEN v.redeemed_at IS NOT NULL AND v.holder_hash = ANY (p_holder_hashes)
      AND (NOT p_strict OR (v.redemption_ip IS NOT DISTINCT FROM p_ip AND v.redemption_ua IS NOT DISTINCT FROM p_agent)) THEN 'again'
    WHEN v.redeemed_at IS NOT NULL THEN 'reused'
    WHEN v.expires_at <= p_at THEN 'expired'
    ELSE 'early'
  END;
  RETURN QUERY SELECT verdict, v.id, v.kind, v.visit_id, v.party::text, v.subject, v.issued_at, v.expires_at, v.opened_at,
    v.redeemed_at, v.holder_hash::bytea, v.redemption_ip, v.redemption_ua, v.revoked_at;
END $$;

-- Spends. `outcome`: first (it was live and is now ours), or what voucher_explain says. Only the UPDATE grants.
-- The same holder may repeat, past expiry too, until revoked: a lost answer strands nobody. Expiry is strict and by this clock.
-- One statement spends, chains and records; what audit_append does is written out in it, for this is the hot path (bars.md).
CREATE FUNCTION voucher_redeem(
  p_id uuid, p_code_hashes bytea[], p_nonce_hashes bytea[], p_visit uuid, p_holder_hashes bytea[], p_ip text, p_agent text, p_strict boolean
) RETURNS TABLE (
  outcome text, id uuid, kind text, visit_id uuid, party text, subject uuid, issued_at timestamptz, expires_at timestamptz,
  opened_at timestamptz, redeemed_at timestamptz, holder_hash bytea, redemption_ip text, redemption_ua text, revoked_at timestamptz
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
  now_at timestamptz := clock_timestamp();
  target uuid := p_id;
BEGIN
  IF target IS NULL THEN
    SELECT u.id INTO target FROM public.vouchers u WHERE u.code_hash = ANY (p_code_hashes);
  END IF;
  RETURN QUERY
  WITH won AS (
    UPDATE public.vouchers u
    SET usage_count = u.usage_count + 1, redeemed_at = now_at, holder_hash = p_holder_hashes[1], redemption_ip = p_ip, redemption_ua = p_agent
    WHERE u.id = target AND u.usage_count < u.max_usage_count AND u.revoked_at IS NULL
      AND u.expires_at > now_at AND u.not_before <= now_at + interval '2 minutes'
      AND (p_nonce_hashes IS NULL OR u.nonce_hash = ANY (p_nonce_hashes))
      AND (p_visit IS NULL OR u.visit_id = p_visit)
    RETURNING u.id, u.kind, u.visit_id, u.party::text, u.subject, u.issued_at, u.expires_at, u.opened_at, gen_random_uuid() AS row_id),
  head AS (
    UPDATE public.audit_heads h
    SET seq = h.seq + 1, prev_hash = h.hash,
      hash = sha256(h.hash || public.audit_canonical(h.stream, h.seq + 1,
        won.row_id, now_at, 'TOKEN_REDEEMED', won.visit_id, won.id, won.subject::text, upper(won.party), p_ip, p_agent, '{}', true, NULL))
    FROM won WHERE h.stream = public.audit_stream(won.visit_id, NULL, NULL, NULL)
    RETURNING h.stream, h.seq, h.prev_hash, h.hash, won.*),
  recorded AS (
    INSERT INTO public.audit_log
    SELECT head.row_id, head.stream, head.seq, now_at, 'TOKEN_REDEEMED', head.visit_id, head.id, head.subject::text, upper(head.party), p_ip, p_agent,
      '{}', true, NULL, public.audit_keep_until(now_at), head.prev_hash, head.hash FROM head)
  SELECT 'first', head.id, head.kind, head.visit_id, head.party, head.subject, head.issued_at, head.expires_at, head.opened_at,
    now_at, p_holder_hashes[1], p_ip, p_agent, NULL::timestamptz FROM head;
  IF NOT FOUND THEN
    RETURN QUERY SELECT * FROM public.voucher_explain(target, p_nonce_hashes, p_visit, p_holder_hashes, p_ip, p_agent, p_strict, now_at);
  END IF;
END $$;

-- Notes the first look at a link, once. Spends nothing.
CREATE FUNCTION voucher_open(p_id uuid, p_ip text, p_agent text) RETURNS TABLE (first boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v public.vouchers;
BEGIN
  UPDATE public.vouchers u SET opened_at = clock_timestamp() WHERE u.id = p_id AND u.opened_at IS NULL RETURNING u.* INTO v;
  first := FOUND;
  IF first THEN
    PERFORM public.audit_append('TOKEN_OPENED', v.visit_id, v.id, v.subject::text, upper(v.party), p_ip, p_agent, '{}', true, NULL);
  END IF;
  RETURN NEXT;
END $$;
