-- Made of columns that are never empty, so never empty themselves: said, so that readers need not ask.
ALTER TABLE customers ALTER COLUMN last_key SET NOT NULL, ALTER COLUMN first_key SET NOT NULL;
