-- The look before joining in one statement: the link, and what its holder is told of the visit. Asked for by the voucher's id after the token's
-- signature was proved. No patient, no reason: there is nothing here to leak.
DROP FUNCTION visit_behind(uuid);
CREATE FUNCTION voucher_look(p_voucher uuid) RETURNS TABLE (
  id uuid, kind text, visit_id uuid, party text, subject uuid, nonce_hash bytea, issued_at timestamptz, not_before timestamptz, expires_at timestamptz,
  opened_at timestamptz, redeemed_at timestamptz, holder_hash bytea, redemption_ip text, redemption_ua text, revoked_at timestamptz,
  scheduled_at timestamptz, duration_minutes integer, clinician_name text,
  started_at timestamptz, ended_at timestamptz, cancelled_at timestamptz, no_show_at timestamptz
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT k.id, k.kind, k.visit_id, k.party, k.subject, k.nonce_hash, k.issued_at, k.not_before, k.expires_at,
    k.opened_at, k.redeemed_at, k.holder_hash, k.redemption_ip, k.redemption_ua, k.revoked_at,
    v.scheduled_at, v.duration_minutes, s.first_name, v.started_at, v.ended_at, v.cancelled_at, v.no_show_at
  FROM public.vouchers k
  JOIN public.video_visits v ON v.id = k.visit_id
  JOIN public.staff s ON s.id = v.clinician_id
  WHERE k.id = p_voucher;
END;
REVOKE EXECUTE ON FUNCTION voucher_look(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION voucher_look(uuid) TO vouchsafe_app;
