-- The first live reading of the series after one of a deadline. It compares column by column: for a
-- row comparison, SQLite scans all rows with equal first columns.
COALESCE(
    (
        SELECT e.id FROM entry AS e
        WHERE e.subject_id = row.deadline_id AND e.kind = 'reading' AND e.basis = row.basis
            AND e.counted_by = row.counted_by AND e.unit > row.unit AND NOT retracted(e.id)
        ORDER BY e.unit
        LIMIT 1
    ),
    (
        SELECT e.id FROM entry AS e
        WHERE e.subject_id = row.deadline_id AND e.kind = 'reading' AND e.basis = row.basis
            AND e.counted_by > row.counted_by AND NOT retracted(e.id)
        ORDER BY e.counted_by, e.unit
        LIMIT 1
    ),
    (
        SELECT e.id FROM entry AS e
        WHERE e.subject_id = row.deadline_id AND e.kind = 'reading' AND e.basis > row.basis
            AND NOT retracted(e.id)
        ORDER BY e.basis, e.counted_by, e.unit
        LIMIT 1
    )
)
