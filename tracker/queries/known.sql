-- The batch that holds an entry: its seal, its moment and its last entry.
SELECT
    COALESCE(
        (SELECT n.first_entry - 1 FROM batch AS n WHERE n.id = b.id + 1),
        (SELECT MAX(e.id) FROM entry AS e),
        0
    ),
    b.seal, b.recorded_at
FROM batch AS b
WHERE b.first_entry <= :known
ORDER BY b.first_entry DESC
LIMIT 1
