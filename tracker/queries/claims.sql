-- The latest live claim of each party on each concession. The parties that spoke are found by
-- skipping along the index from one to the next.
WITH RECURSIVE speaker (concession_id, says_id) AS (
    SELECT
        c.thing_id,
        (
            SELECT MIN(e.says_id) FROM entry AS e
            WHERE e.concession_id = c.thing_id AND e.kind = 'stage' AND e.says_id IS NOT NULL
        )
    FROM concession AS c
    WHERE in_force(concession, c) AND chosen_concession(c.thing_id)
    UNION ALL
    SELECT
        s.concession_id,
        (
            SELECT MIN(e.says_id) FROM entry AS e
            WHERE e.concession_id = s.concession_id AND e.kind = 'stage'
                AND e.says_id > s.says_id
        )
    FROM speaker AS s
    WHERE s.says_id IS NOT NULL
)
SELECT e.id, t.slug, p.slug, e.stage, e.effective_on, e.effective_on_precision, k.slug placed(e)
FROM speaker AS s
JOIN entry AS e ON e.id = (
    SELECT v.id FROM entry AS v
    WHERE v.concession_id = s.concession_id AND v.kind = 'stage' AND v.says_id = s.says_id
        AND counts(v)
    ORDER BY v.effective_on DESC, latest(v)
    LIMIT 1
)
JOIN thing AS t ON t.id = s.concession_id
JOIN thing AS p ON p.id = s.says_id
LEFT JOIN thing AS k ON k.id = e.source_id
ORDER BY e.effective_on, place(e)
