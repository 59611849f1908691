-- Who has counted towards a deadline so far, and in which unit; what was taken back is forgotten.
WITH RECURSIVE series (entry_id, basis, counted_by) AS (
    SELECT f.id, f.basis, f.counted_by
    FROM entry AS f
    WHERE f.id = (
        SELECT e.id FROM entry AS e
        WHERE e.subject_id = :deadline_id AND e.kind = 'reading' AND NOT retracted(e.id)
        ORDER BY e.basis, e.counted_by
        LIMIT 1
    )
    UNION ALL
    SELECT n.id, n.basis, n.counted_by
    FROM series AS s
    JOIN entry AS n ON n.id = (
        SELECT e.id FROM entry AS e
        WHERE e.subject_id = :deadline_id AND e.kind = 'reading'
            AND NOT retracted(e.id) AND (e.basis, e.counted_by) > (s.basis, s.counted_by)
        ORDER BY e.basis, e.counted_by
        LIMIT 1
    )
)
SELECT s.counted_by, e.unit
FROM series AS s
JOIN entry AS e ON e.id = s.entry_id
ORDER BY s.entry_id
