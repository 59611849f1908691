-- Every live verdict on the concessions that have lapsed: they show since when each was kept before.
SELECT e.id, t.slug, NULL, e.stage, e.effective_on, e.effective_on_precision, s.slug placed(e)
FROM concession AS c
CROSS JOIN entry AS e
JOIN thing AS t ON t.id = c.thing_id
LEFT JOIN thing AS s ON s.id = e.source_id
WHERE in_force(concession, c) AND chosen_concession(c.thing_id)
    AND (
        SELECT v.stage FROM entry AS v
        WHERE v.concession_id = c.thing_id AND verdict(v)
        ORDER BY v.effective_on DESC, latest(v)
        LIMIT 1
    ) = 'lapsed'
    AND e.concession_id = c.thing_id AND verdict(e)
