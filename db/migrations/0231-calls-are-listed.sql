-- Calls over all customers, the newest first, and those that are under way: for those who run the book.
CREATE INDEX support_calls_by_time ON support_calls (created_at DESC, id DESC);
CREATE INDEX support_calls_open_by_time ON support_calls (created_at DESC, id DESC) WHERE ended_at IS NULL;
CREATE POLICY book ON support_calls FOR SELECT TO vouchsafe_app
  USING ((SELECT current_setting('rls.role', true)) IN ('admin', 'scheduler'));
