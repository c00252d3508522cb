-- Whoever keeps a room's page open is told when one of its links was opened first, as with a visit's (0320).
CREATE OR REPLACE FUNCTION room_invite_open(p_id uuid, p_ip text, p_agent text) RETURNS TABLE (first boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v public.room_invites;
BEGIN
  UPDATE public.room_invites u SET opened_at = clock_timestamp() WHERE u.id = p_id AND u.opened_at IS NULL RETURNING u.* INTO v;
  first := FOUND;
  IF first THEN
    PERFORM public.audit_append('TOKEN_OPENED', NULL, v.id, v.id::text, 'ROOM_' || upper(v.role), p_ip, p_agent,
      jsonb_build_object('kind', 'room-invite', 'roomId', v.room_id), true, NULL);
    PERFORM pg_notify('room_changed', v.room_id::text);
  END IF;
  RETURN NEXT;
END $$;
