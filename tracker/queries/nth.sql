-- How many entries say what this key stands for.
SELECT COALESCE(MAX(nth), 0) FROM entry WHERE key = :key
