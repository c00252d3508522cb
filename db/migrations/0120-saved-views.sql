-- What somebody asks of a list again and again, under a name of their own. An address's query: ids and days, no names.
CREATE TABLE saved_views (
  id uuid PRIMARY KEY,
  staff_id uuid NOT NULL REFERENCES staff (id),
  list text NOT NULL CHECK (list IN ('visits')),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
  query text NOT NULL CHECK (length(query) <= 600),
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX saved_views_name ON saved_views (staff_id, list, lower(name));

GRANT SELECT, INSERT, UPDATE, DELETE ON saved_views TO vouchsafe_app;
ALTER TABLE saved_views ENABLE ROW LEVEL SECURITY;
ALTER TABLE saved_views FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON saved_views TO vouchsafe_owner USING (true) WITH CHECK (true);
CREATE POLICY own ON saved_views TO vouchsafe_app USING (staff_id = (SELECT nullif(current_setting('rls.user_id', true), '')::uuid));
