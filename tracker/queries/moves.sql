-- Every live move of every deadline.
SELECT
    e.id, d.slug, e.due_on, e.due_on_precision, e.value, e.unit, e.effective_on AS announced_on,
    p.slug, s.key
FROM deadline AS d
JOIN entry AS e ON e.deadline_id = d.id
LEFT JOIN party AS p ON p.id = e.says_id
LEFT JOIN source AS s ON s.id = e.source_id
WHERE e.kind = 'deadline' AND e.due_on IS NOT NULL AND counts(e)
ORDER BY d.id, e.effective_on, e.id
