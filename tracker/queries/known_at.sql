-- The first entry of the last batch that was written by a moment.
SELECT b.first_entry FROM batch AS b
WHERE b.recorded_at <= :moment
ORDER BY b.recorded_at DESC, b.id DESC
LIMIT 1
