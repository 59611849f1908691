-- The batch that holds an entry: its seal, its moment and its last entry.
SELECT COALESCE(last_of(b.id), 0), b.seal, b.recorded_at
FROM batch AS b
WHERE b.first_entry <= :known
ORDER BY b.first_entry DESC
LIMIT 1
