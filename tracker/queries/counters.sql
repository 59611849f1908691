-- The counters and units of a deadline so far; retracted readings do not count.
WITH RECURSIVE series (deadline_id, entry_id, basis, counted_by, unit) AS (
    SELECT f.subject_id, f.id, f.basis, f.counted_by, f.unit
    FROM entry AS f
    WHERE f.id = (
        SELECT e.id FROM entry AS e
        WHERE e.subject_id = :deadline_id AND e.kind = 'reading' AND NOT retracted(e.id)
        ORDER BY e.basis, e.counted_by, e.unit
        LIMIT 1
    )
    UNION ALL
    SELECT s.deadline_id, n.id, n.basis, n.counted_by, n.unit
    FROM series AS s
    JOIN entry AS n ON n.id = next_series(s)
)
SELECT s.counted_by, s.unit
FROM series AS s
ORDER BY s.entry_id
