-- The latest live total of each series of each deadline, and the live flows of later days.
WITH RECURSIVE
-- The series, found by skipping along the index from the first entry of one to that of the next.
first_of (deadline_id, entry_id, basis, counted_by, unit) AS (
    SELECT d.thing_id, f.id, f.basis, f.counted_by, f.unit
    FROM deadline AS d
    JOIN entry AS f ON f.id = (
        SELECT e.id FROM entry AS e
        WHERE e.subject_id = d.thing_id AND e.kind = 'reading'
        ORDER BY e.basis, e.counted_by, e.unit
        LIMIT 1
    )
    WHERE in_force(deadline, d) AND chosen_deadline(d.concession_id, d.agreement_id)
    UNION ALL
    SELECT s.deadline_id, n.id, n.basis, n.counted_by, n.unit
    FROM first_of AS s
    JOIN entry AS n ON n.id = next_series(s)
),
latest (deadline_id, basis, counted_by, unit, total_id) AS (
    SELECT
        s.deadline_id, s.basis, s.counted_by, s.unit,
        (
            SELECT v.id FROM entry AS v
            WHERE v.subject_id = s.deadline_id AND v.kind = 'reading' AND v.basis = s.basis
                AND v.counted_by = s.counted_by AND v.unit = s.unit AND NOT v.flow AND counts(v)
            ORDER BY v.effective_on DESC, made_public(v) DESC, latest(v)
            LIMIT 1
        )
    FROM first_of AS s
)
SELECT
    e.id, d.slug, e.counted_by, e.basis, e.value, e.unit, e.flow, e.effective_on, k.slug,
    made_public(e) AS public_on placed(e)
FROM latest AS l
LEFT JOIN entry AS t ON t.id = l.total_id
-- In this order, as SQLite would otherwise first look at every entry up to the day.
CROSS JOIN entry AS e
JOIN thing AS d ON d.id = l.deadline_id
LEFT JOIN thing AS k ON k.id = e.source_id
WHERE e.subject_id = l.deadline_id AND e.kind = 'reading' AND e.basis = l.basis
    AND e.counted_by = l.counted_by AND e.unit = l.unit
    AND e.effective_on >= COALESCE(t.effective_on, :since)
    AND (e.id = t.id OR (e.flow AND (t.id IS NULL OR e.effective_on > t.effective_on)))
    AND counts(e)
ORDER BY e.effective_on, place(e)
