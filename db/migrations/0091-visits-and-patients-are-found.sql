-- Visits and patients, found among a million. pg_trgm is not among the extensions that every host offers; and under row-level security an index
-- serves only comparisons that Postgres calls leakproof, which LIKE and lower() are not. So what is searched stands in columns of its own,
-- without marks and capitals, compared by bytes: a prefix is a range.
ALTER TABLE customers
  ADD COLUMN last_key text COLLATE "C" GENERATED ALWAYS AS (lower(translate(last_name, 'ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöùúûüýÿĀāĂăĄąĆćĈĉĊċČčĎďĒēĔĕĖėĘęĚěĜĝĞğĠġĢģĤĥĨĩĪīĬĭĮįİĴĵĶķĹĺĻļĽľŃńŅņŇňŌōŎŏŐőŔŕŖŗŘřŚśŜŝŞşŠšŢţŤťŨũŪūŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽžØøŁłĐđ', 'AAAAAACEEEEIIIINOOOOOUUUUYaaaaaaceeeeiiiinooooouuuuyyAaAaAaCcCcCcCcDdEeEeEeEeEeGgGgGgGgHhIiIiIiIiIJjKkLlLlLlNnNnNnOoOoOoRrRrRrSsSsSsSsTtTtUuUuUuUuUuUuWwYyYZzZzZzOoLlDd') COLLATE "C")) STORED,
  ADD COLUMN first_key text COLLATE "C" GENERATED ALWAYS AS (lower(translate(first_name, 'ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöùúûüýÿĀāĂăĄąĆćĈĉĊċČčĎďĒēĔĕĖėĘęĚěĜĝĞğĠġĢģĤĥĨĩĪīĬĭĮįİĴĵĶķĹĺĻļĽľŃńŅņŇňŌōŎŏŐőŔŕŖŗŘřŚśŜŝŞşŠšŢţŤťŨũŪūŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽžØøŁłĐđ', 'AAAAAACEEEEIIIINOOOOOUUUUYaaaaaaceeeeiiiinooooouuuuyyAaAaAaCcCcCcCcDdEeEeEeEeEeGgGgGgGgHhIiIiIiIiIJjKkLlLlLlNnNnNnOoOoOoRrRrRrSsSsSsSsTtTtUuUuUuUuUuUuWwYyYZzZzZzOoLlDd') COLLATE "C")) STORED,
  ADD COLUMN email_key text COLLATE "C" GENERATED ALWAYS AS (lower(email COLLATE "C")) STORED,
  -- Backwards: people know how a number ends.
  ADD COLUMN phone_tail text COLLATE "C" GENERATED ALWAYS AS (reverse(substr(phone, 2))) STORED;
CREATE INDEX customers_by_last ON customers (last_key, first_key, id);
CREATE INDEX customers_by_first ON customers (first_key, last_key, id);
CREATE INDEX customers_by_email ON customers (email_key) WHERE email_key IS NOT NULL;
CREATE INDEX customers_by_phone_tail ON customers (phone_tail) WHERE phone_tail IS NOT NULL;
DROP INDEX customers_by_name;

-- Lists by state, in either direction; and by a clinician's, where a state is rare among all of theirs.
CREATE INDEX video_visits_completed ON video_visits (scheduled_at, id) WHERE ended_at IS NOT NULL;
CREATE INDEX video_visits_clinician_open ON video_visits (clinician_id, scheduled_at, id)
  WHERE ended_at IS NULL AND cancelled_at IS NULL AND no_show_at IS NULL;
CREATE INDEX video_visits_clinician_completed ON video_visits (clinician_id, scheduled_at, id) WHERE ended_at IS NOT NULL;
CREATE INDEX video_visits_clinician_cancelled ON video_visits (clinician_id, scheduled_at, id) WHERE cancelled_at IS NOT NULL;
CREATE INDEX video_visits_clinician_no_show ON video_visits (clinician_id, scheduled_at, id) WHERE no_show_at IS NOT NULL;
