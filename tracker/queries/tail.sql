-- The last batch, which the next one follows, and the last entry.
SELECT b.id, b.seal, b.recorded_at, (SELECT MAX(e.id) FROM entry AS e)
FROM batch AS b
ORDER BY b.id DESC
LIMIT 1
