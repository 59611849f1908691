-- The concessions with a live verdict of broken or reversed.
SELECT t.slug
FROM concession AS c
JOIN thing AS t ON t.id = c.thing_id
WHERE in_force(concession, c) AND chosen_concession(c.thing_id)
    AND EXISTS (
        SELECT v.id FROM entry AS v
        WHERE v.concession_id = c.thing_id AND verdict(v)
            AND (v.stage = 'broken' OR v.stage = 'reversed')
    )
