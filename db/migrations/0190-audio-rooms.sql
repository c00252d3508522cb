-- Audio rooms (seed 2): a host and a guest, each by an invite of their own. An invite is a voucher in all but its table (docs/decisions/0038):
-- what opens a room stands where no redemption of a visit's link looks, and the other way round.
CREATE DOMAIN room_role AS text CHECK (VALUE IN ('host', 'guest'));

CREATE TABLE rooms (
  id uuid PRIMARY KEY,
  name text CHECK (char_length(name) BETWEEN 1 AND 60),
  lobby boolean NOT NULL,
  starts_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  created_by uuid NOT NULL,
  created_at timestamptz NOT NULL,
  locked_at timestamptz,
  closed_at timestamptz,
  close_reason text CHECK (close_reason IN ('host', 'staff', 'expired')),
  meeting_id text,
  meeting jsonb,
  meeting_attempt integer NOT NULL DEFAULT 0,
  messages_sent integer NOT NULL DEFAULT 0,
  CONSTRAINT rooms_closed_for_a_reason CHECK ((closed_at IS NULL) = (close_reason IS NULL))
);
CREATE INDEX rooms_newest ON rooms (created_at DESC, id DESC);
CREATE INDEX rooms_of_their_maker ON rooms (created_by, created_at DESC, id DESC);
CREATE INDEX rooms_to_sweep ON rooms (expires_at) WHERE closed_at IS NULL;

CREATE TABLE room_invites (
  id uuid PRIMARY KEY,
  room_id uuid NOT NULL REFERENCES rooms (id),
  role room_role NOT NULL,
  code_hash keyed_hash NOT NULL UNIQUE,
  nonce_hash keyed_hash NOT NULL,
  -- The code, so that who made the room can show the link again. Gone once nobody can come in by it for the first time.
  sealed_code bytea,
  issued_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  issued_by uuid NOT NULL,
  opened_at timestamptz,
  redeemed_at timestamptz,
  holder_hash keyed_hash,
  redemption_ip text,
  redemption_ua text,
  revoked_at timestamptz,
  revoke_reason text CHECK (revoke_reason IN ('replaced', 'removed', 'closed')),
  CONSTRAINT room_invites_revoked_for_a_reason CHECK ((revoked_at IS NULL) = (revoke_reason IS NULL))
);
CREATE INDEX room_invites_by_room ON room_invites (room_id, issued_at);
-- One live link for each role: making the next one revokes the last, whoever else does so at the same moment.
CREATE UNIQUE INDEX room_invites_one_of_a_role ON room_invites (room_id, role) WHERE revoked_at IS NULL;

CREATE FUNCTION room_invites_keep_revoked() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at THEN
    RAISE EXCEPTION 'a revocation is final' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION room_invites_keep_revoked() FROM PUBLIC;
CREATE TRIGGER keep_revoked BEFORE UPDATE OF revoked_at ON room_invites FOR EACH ROW EXECUTE FUNCTION room_invites_keep_revoked();

-- A closed room stays closed.
CREATE FUNCTION rooms_keep_closed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF OLD.closed_at IS NOT NULL THEN
    RAISE EXCEPTION 'a closed room is changed no more' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION rooms_keep_closed() FROM PUBLIC;
CREATE TRIGGER keep_closed BEFORE UPDATE ON rooms FOR EACH ROW EXECUTE FUNCTION rooms_keep_closed();

CREATE TABLE room_seats (
  invite_id uuid PRIMARY KEY REFERENCES room_invites (id),
  room_id uuid NOT NULL REFERENCES rooms (id),
  role room_role NOT NULL,
  meeting_id text,
  attendee_id text,
  credentials bytea,
  session_hash keyed_hash UNIQUE,
  waiting_since timestamptz,
  admitted_at timestamptz,
  removed_at timestamptz,
  left_at timestamptz,
  present_at timestamptz
);
CREATE INDEX room_seats_by_room ON room_seats (room_id);

-- What a code or a token's id leads to, with what may be told of its room. Reads only.
CREATE FUNCTION room_invite_find(p_id uuid, p_code_hashes bytea[]) RETURNS TABLE (
  id uuid, room_id uuid, role text, nonce_hash bytea, issued_at timestamptz, expires_at timestamptz, opened_at timestamptz,
  redeemed_at timestamptz, holder_hash bytea, revoked_at timestamptz, revoke_reason text,
  room_name text, starts_at timestamptz, room_expires_at timestamptz, locked_at timestamptz, closed_at timestamptz, close_reason text
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT i.id, i.room_id, i.role::text, i.nonce_hash::bytea, i.issued_at, i.expires_at, i.opened_at, i.redeemed_at, i.holder_hash::bytea,
    i.revoked_at, i.revoke_reason, r.name, r.starts_at, r.expires_at, r.locked_at, r.closed_at, r.close_reason
  FROM public.room_invites i JOIN public.rooms r ON r.id = i.room_id
  WHERE (p_id IS NOT NULL AND i.id = p_id) OR (p_id IS NULL AND i.code_hash = ANY (p_code_hashes))
  LIMIT 1;
END;

-- Spends an invite, as voucher_redeem does a link: one UPDATE, one winner; its holder may repeat while the room is open. `outcome`: first, again,
-- reused, revoked, removed, expired, closed, locked, unknown. Expiry is strict and by this clock. What is spent is recorded, or is not spent.
CREATE FUNCTION room_invite_redeem(
  p_id uuid, p_code_hashes bytea[], p_nonce_hashes bytea[], p_room uuid, p_holder_hashes bytea[], p_ip text, p_agent text, p_strict boolean
) RETURNS TABLE (outcome text, id uuid, room_id uuid, role text) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  now_at timestamptz := clock_timestamp();
  target uuid := p_id;
  v record;
  r public.rooms;
BEGIN
  IF target IS NULL THEN
    SELECT u.id INTO target FROM public.room_invites u WHERE u.code_hash = ANY (p_code_hashes);
  END IF;
  UPDATE public.room_invites u
    SET redeemed_at = now_at, holder_hash = p_holder_hashes[1], redemption_ip = p_ip, redemption_ua = p_agent,
      sealed_code = NULL
    FROM public.rooms o
    WHERE u.id = target AND o.id = u.room_id AND u.redeemed_at IS NULL AND u.revoked_at IS NULL AND u.expires_at > now_at
      AND o.closed_at IS NULL AND o.locked_at IS NULL AND o.expires_at > now_at
      AND (p_nonce_hashes IS NULL OR u.nonce_hash = ANY (p_nonce_hashes)) AND (p_room IS NULL OR u.room_id = p_room)
    RETURNING u.id, u.room_id, u.role INTO v;
  IF FOUND THEN
    PERFORM public.audit_append('TOKEN_REDEEMED', NULL, v.id, v.id::text, 'ROOM_' || upper(v.role), p_ip, p_agent,
      jsonb_build_object('kind', 'room-invite', 'roomId', v.room_id), true, NULL);
    RETURN QUERY SELECT 'first', v.id, v.room_id, v.role::text;
    RETURN;
  END IF;
  SELECT u.* INTO v FROM public.room_invites u
    WHERE u.id = target AND (p_nonce_hashes IS NULL OR u.nonce_hash = ANY (p_nonce_hashes)) AND (p_room IS NULL OR u.room_id = p_room);
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'unknown', NULL::uuid, NULL::uuid, NULL::text;
    RETURN;
  END IF;
  SELECT o.* INTO r FROM public.rooms o WHERE o.id = v.room_id;
  RETURN QUERY SELECT CASE
    WHEN v.revoke_reason = 'removed' THEN 'removed'
    WHEN r.close_reason = 'expired' OR r.expires_at <= now_at THEN 'expired'
    WHEN r.closed_at IS NOT NULL THEN 'closed'
    WHEN v.revoked_at IS NOT NULL THEN 'revoked'
    WHEN v.redeemed_at IS NOT NULL AND v.holder_hash = ANY (p_holder_hashes)
      AND (NOT p_strict OR (v.redemption_ip IS NOT DISTINCT FROM p_ip AND v.redemption_ua IS NOT DISTINCT FROM p_agent)) THEN 'again'
    WHEN v.redeemed_at IS NOT NULL THEN 'reused'
    WHEN v.expires_at <= now_at THEN 'expired'
    ELSE 'locked'
  END, v.id, v.room_id, v.role::text;
END $$;

-- Notes the first look at an invite, once. Spends nothing.
CREATE FUNCTION room_invite_open(p_id uuid, p_ip text, p_agent text) RETURNS TABLE (first boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v public.room_invites;
BEGIN
  UPDATE public.room_invites u SET opened_at = clock_timestamp() WHERE u.id = p_id AND u.opened_at IS NULL RETURNING u.* INTO v;
  first := FOUND;
  IF first THEN
    PERFORM public.audit_append('TOKEN_OPENED', NULL, v.id, v.id::text, 'ROOM_' || upper(v.role), p_ip, p_agent,
      jsonb_build_object('kind', 'room-invite', 'roomId', v.room_id), true, NULL);
  END IF;
  RETURN NEXT;
END $$;

-- The room that the acting invite is for, while it opens anything.
CREATE FUNCTION rls_invite_room() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT i.room_id FROM public.room_invites i WHERE i.id = nullif(current_setting('rls.link', true), '')::uuid AND i.redeemed_at IS NOT NULL;
END;

REVOKE EXECUTE ON FUNCTION room_invite_find(uuid, bytea[]), room_invite_open(uuid, text, text), rls_invite_room(),
  room_invite_redeem(uuid, bytea[], bytea[], uuid, bytea[], text, text, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION room_invite_find(uuid, bytea[]), room_invite_open(uuid, text, text), rls_invite_room(),
  room_invite_redeem(uuid, bytea[], bytea[], uuid, bytea[], text, text, boolean) TO vouchsafe_app;

GRANT SELECT, INSERT, UPDATE (expires_at, locked_at, closed_at, close_reason, meeting_id, meeting, meeting_attempt, messages_sent) ON rooms TO vouchsafe_app;
GRANT SELECT, INSERT (id, room_id, role, code_hash, nonce_hash, sealed_code, issued_at, expires_at, issued_by),
  UPDATE (sealed_code, expires_at, revoked_at, revoke_reason) ON room_invites TO vouchsafe_app;
GRANT SELECT, INSERT, UPDATE ON room_seats TO vouchsafe_app;

-- What a room leaves in the cloud is cleared away like what a visit does.
ALTER TABLE cloud_cleanups ALTER visit_id DROP NOT NULL, ADD COLUMN room_id uuid REFERENCES rooms (id),
  ADD CONSTRAINT cloud_cleanups_of_one CHECK (num_nonnulls(visit_id, room_id) = 1);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['rooms', 'room_invites', 'room_seats'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY owner ON %I TO vouchsafe_owner USING (true) WITH CHECK (true)', name);
    EXECUTE format('CREATE POLICY system ON %I TO vouchsafe_app USING ((SELECT current_setting(''rls.role'', true)) = ''system'')', name);
    EXECUTE format('CREATE POLICY desk ON %I TO vouchsafe_app USING ((SELECT current_setting(''rls.role'', true)) IN (''admin'', ''scheduler'', ''api-key''))', name);
  END LOOP;
END $$;

-- A clinician has the rooms that they made. An invite has the room that it opened, its own row, and the seats beside it.
CREATE POLICY maker ON rooms TO vouchsafe_app USING (created_by = (SELECT nullif(current_setting('rls.user_id', true), '')::uuid)
  AND (SELECT current_setting('rls.role', true)) = 'clinician');
CREATE POLICY invite ON rooms FOR SELECT TO vouchsafe_app USING (id = (SELECT rls_invite_room()));
CREATE POLICY invite_changes ON rooms FOR UPDATE TO vouchsafe_app USING (id = (SELECT rls_invite_room()));
CREATE POLICY maker ON room_invites TO vouchsafe_app USING ((SELECT current_setting('rls.role', true)) = 'clinician'
  AND EXISTS (SELECT 1 FROM rooms r WHERE r.id = room_id));
CREATE POLICY invite ON room_invites FOR SELECT TO vouchsafe_app USING (id = (SELECT nullif(current_setting('rls.link', true), '')::uuid));
CREATE POLICY of_room ON room_seats TO vouchsafe_app USING (EXISTS (SELECT 1 FROM rooms r WHERE r.id = room_id));
CREATE POLICY of_room ON cloud_cleanups TO vouchsafe_app USING (EXISTS (SELECT 1 FROM rooms r WHERE r.id = room_id));
