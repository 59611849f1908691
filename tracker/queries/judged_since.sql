-- The day since which the latest live verdict on each concession has been the same.
SELECT t.slug, e.effective_on, e.effective_on_precision
FROM concession AS c
JOIN thing AS t ON t.id = c.thing_id
JOIN entry AS n ON n.id = (
    SELECT v.id FROM entry AS v
    WHERE v.concession_id = c.thing_id AND verdict(v)
    ORDER BY v.effective_on DESC, latest(v)
    LIMIT 1
)
LEFT JOIN entry AS o ON o.id = (
    SELECT v.id FROM entry AS v
    WHERE v.concession_id = c.thing_id AND verdict(v)
        AND v.stage <> n.stage
    ORDER BY v.effective_on DESC, latest(v)
    LIMIT 1
)
JOIN entry AS e ON e.id = (
    SELECT v.id FROM entry AS v
    WHERE v.concession_id = c.thing_id AND verdict(v)
        AND v.effective_on >= COALESCE(o.effective_on, '0001-01-01')
        AND (o.id IS NULL OR (v.effective_on, place(v)) > (o.effective_on, place(o)))
    ORDER BY v.effective_on, place(v)
    LIMIT 1
)
WHERE in_force(concession, c) AND chosen_concession(c.thing_id)
