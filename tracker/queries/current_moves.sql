-- Of each deadline, the latest live move and the latest that restated its target.
SELECT
    e.id, d.slug, e.due_on, e.due_on_precision, e.value, e.unit, e.effective_on AS announced_on,
    p.slug, s.key
FROM deadline AS d
JOIN entry AS e ON e.id IN (
    (
        SELECT v.id FROM entry AS v
        WHERE v.deadline_id = d.id AND v.kind = 'deadline' AND v.due_on IS NOT NULL AND counts(v)
        ORDER BY v.effective_on DESC, v.id DESC
        LIMIT 1
    ),
    (
        SELECT v.id FROM entry AS v
        WHERE v.deadline_id = d.id AND v.kind = 'deadline' AND v.value IS NOT NULL AND counts(v)
        ORDER BY v.effective_on DESC, v.id DESC
        LIMIT 1
    )
)
LEFT JOIN party AS p ON p.id = e.says_id
LEFT JOIN source AS s ON s.id = e.source_id
ORDER BY d.id, e.effective_on, e.id
