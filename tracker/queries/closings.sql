-- The latest live outcome of each deadline.
SELECT e.id, d.slug, e.outcome, e.effective_on, s.key
FROM deadline AS d
JOIN entry AS e ON e.id = (
    SELECT v.id FROM entry AS v
    WHERE v.deadline_id = d.id AND v.kind = 'deadline' AND v.outcome IS NOT NULL AND counts(v)
    ORDER BY v.effective_on DESC, v.id DESC
    LIMIT 1
)
LEFT JOIN source AS s ON s.id = e.source_id
ORDER BY d.id
