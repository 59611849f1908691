-- What was said after one entry and before another, and counts, in the order of recording: stages,
-- readings and moves.
SELECT
    e.id, e.kind, t.slug, p.slug, e.effective_on, e.counted_by, e.basis, e.unit, e.flow, e.stage,
    e.value, e.due_on
FROM entry AS e
JOIN thing AS t ON t.id = e.subject_id
LEFT JOIN thing AS p ON p.id = e.says_id
WHERE e.id > :after AND e.id < :before AND NOT retracted(e.id) AND (
    e.kind IN ('stage', 'reading') OR (e.kind = 'deadline' AND e.due_on IS NOT NULL)
)
ORDER BY place(e)
