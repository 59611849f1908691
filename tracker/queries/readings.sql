-- Of each series of each deadline: its latest live total, and the live flows of later days.
WITH RECURSIVE
basis (word) AS (
    SELECT 'contracted' UNION ALL SELECT 'sold' UNION ALL SELECT 'shipped'
    UNION ALL SELECT 'arrived' UNION ALL SELECT 'paid' UNION ALL SELECT 'issued'
    UNION ALL SELECT 'other'
),
-- The series, found by hopping along the index from one counter to the next.
series (deadline_id, basis, counted_by) AS (
    SELECT
        d.id, b.word,
        (
            SELECT MIN(e.counted_by) FROM entry AS e
            WHERE e.deadline_id = d.id AND e.kind = 'reading' AND e.basis = b.word
        )
    FROM deadline AS d
    CROSS JOIN basis AS b
    UNION ALL
    SELECT
        s.deadline_id, s.basis,
        (
            SELECT MIN(e.counted_by) FROM entry AS e
            WHERE e.deadline_id = s.deadline_id AND e.kind = 'reading' AND e.basis = s.basis
                AND e.counted_by > s.counted_by
        )
    FROM series AS s
    WHERE s.counted_by IS NOT NULL
),
latest (deadline_id, basis, counted_by, total_id) AS (
    SELECT
        s.deadline_id, s.basis, s.counted_by,
        (
            SELECT v.id FROM entry AS v
            WHERE v.deadline_id = s.deadline_id AND v.kind = 'reading' AND v.basis = s.basis
                AND v.counted_by = s.counted_by AND NOT v.flow AND counts(v)
            ORDER BY v.effective_on DESC, v.id DESC
            LIMIT 1
        )
    FROM series AS s
    WHERE s.counted_by IS NOT NULL
)
SELECT
    e.id, d.slug, e.counted_by, e.basis, e.value, e.unit, e.flow, e.effective_on, k.key
FROM latest AS l
JOIN deadline AS d ON d.id = l.deadline_id
LEFT JOIN entry AS t ON t.id = l.total_id
JOIN entry AS e ON e.deadline_id = l.deadline_id AND e.kind = 'reading' AND e.basis = l.basis
    AND e.counted_by = l.counted_by
    AND e.effective_on >= COALESCE(t.effective_on, :since)
    AND (e.id = t.id OR (e.flow AND (t.id IS NULL OR e.effective_on > t.effective_on)))
LEFT JOIN source AS k ON k.id = e.source_id
WHERE counts(e)
ORDER BY d.id, e.effective_on, e.id
