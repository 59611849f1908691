-- The latest live verdict on each concession.
SELECT e.id, c.slug, NULL, e.stage, e.effective_on, s.key
FROM concession AS c
JOIN entry AS e ON e.id = (
    SELECT v.id FROM entry AS v
    WHERE v.concession_id = c.id AND v.kind = 'stage' AND v.says_id IS NULL AND counts(v)
    ORDER BY v.effective_on DESC, v.id DESC
    LIMIT 1
)
LEFT JOIN source AS s ON s.id = e.source_id
ORDER BY c.id
