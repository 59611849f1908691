-- The latest live claim of each party on each concession.
SELECT e.id, c.slug, p.slug, e.stage, e.effective_on, s.key
FROM concession AS c
CROSS JOIN party AS p
JOIN entry AS e ON e.id = (
    SELECT v.id FROM entry AS v
    WHERE v.concession_id = c.id AND v.kind = 'stage' AND v.says_id = p.id AND counts(v)
    ORDER BY v.effective_on DESC, v.id DESC
    LIMIT 1
)
LEFT JOIN source AS s ON s.id = e.source_id
ORDER BY c.id, p.id
