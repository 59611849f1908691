-- How many entries have this key.
SELECT COALESCE(MAX(nth), 0) FROM entry WHERE key = :key
