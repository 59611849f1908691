-- The counters and units of a deadline so far; retracted readings do not count.
WITH RECURSIVE series (entry_id, basis, counted_by, unit) AS (
    SELECT f.id, f.basis, f.counted_by, f.unit
    FROM entry AS f
    WHERE f.id = (
        SELECT e.id FROM entry AS e
        WHERE e.subject_id = :deadline_id AND e.kind = 'reading' AND NOT retracted(e.id)
        ORDER BY e.basis, e.counted_by, e.unit
        LIMIT 1
    )
    UNION ALL
    SELECT n.id, n.basis, n.counted_by, n.unit
    FROM series AS s
    -- Compares column by column: for a row comparison, SQLite scans all rows with equal first
    -- columns.
    JOIN entry AS n ON n.id = COALESCE(
        (
            SELECT e.id FROM entry AS e
            WHERE e.subject_id = :deadline_id AND e.kind = 'reading' AND e.basis = s.basis
                AND e.counted_by = s.counted_by AND e.unit > s.unit AND NOT retracted(e.id)
            ORDER BY e.unit
            LIMIT 1
        ),
        (
            SELECT e.id FROM entry AS e
            WHERE e.subject_id = :deadline_id AND e.kind = 'reading' AND e.basis = s.basis
                AND e.counted_by > s.counted_by AND NOT retracted(e.id)
            ORDER BY e.counted_by, e.unit
            LIMIT 1
        ),
        (
            SELECT e.id FROM entry AS e
            WHERE e.subject_id = :deadline_id AND e.kind = 'reading' AND e.basis > s.basis
                AND NOT retracted(e.id)
            ORDER BY e.basis, e.counted_by, e.unit
            LIMIT 1
        )
    )
)
SELECT s.counted_by, s.unit
FROM series AS s
ORDER BY s.entry_id
