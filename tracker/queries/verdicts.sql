-- The latest live verdict on each concession.
SELECT e.id, t.slug, NULL, e.stage, e.effective_on, e.effective_on_precision, s.slug placed(e)
FROM concession AS c
JOIN thing AS t ON t.id = c.thing_id
JOIN entry AS e ON e.id = (
    SELECT v.id FROM entry AS v
    WHERE v.concession_id = c.thing_id AND verdict(v)
    ORDER BY v.effective_on DESC, latest(v)
    LIMIT 1
)
LEFT JOIN thing AS s ON s.id = e.source_id
WHERE in_force(concession, c) AND chosen_concession(c.thing_id)
