-- Since when the latest live verdict on each concession has been that it is met.
SELECT t.slug, MIN(e.effective_on) AS met_on
FROM concession AS c
JOIN thing AS t ON t.id = c.thing_id
JOIN entry AS e ON e.concession_id = c.thing_id AND e.kind = 'stage' AND e.says_id IS NULL
    AND e.stage = 'met' AND counts(e)
WHERE in_force(concession, c) AND chosen_concession(c.thing_id)
    AND NOT EXISTS (
        SELECT 1 FROM entry AS v
        WHERE v.concession_id = c.thing_id AND v.kind = 'stage' AND v.says_id IS NULL
            AND v.stage <> 'met' AND counts(v)
            AND (v.effective_on, v.id) > (e.effective_on, e.id)
    )
GROUP BY t.slug
