-- How many entries the book held at a moment, and the digest of the last.
SELECT id, digest FROM entry WHERE recorded_at <= :known_by
ORDER BY recorded_at DESC, id DESC
LIMIT 1
