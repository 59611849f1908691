-- The live claims that are dated after a day: every one, or only those on the concessions of which
-- several parties spoke and which have no verdict or have lapsed, as they show what both sides last
-- agreed on. Who spoke is checked last, as it is slow.
SELECT e.id, t.slug, p.slug, e.stage, e.effective_on, e.effective_on_precision, k.slug placed(e)
FROM concession AS c
CROSS JOIN entry AS e
JOIN thing AS t ON t.id = c.thing_id
JOIN thing AS p ON p.id = e.says_id
LEFT JOIN thing AS k ON k.id = e.source_id
WHERE in_force(concession, c) AND chosen_concession(c.thing_id)
    AND (:every OR (
        COALESCE((
            SELECT v.stage FROM entry AS v
            WHERE v.concession_id = c.thing_id AND v.kind = 'stage' AND v.says_id IS NULL
                AND counts(v)
            ORDER BY v.effective_on DESC, latest(v)
            LIMIT 1
        ), 'lapsed') = 'lapsed'
        AND (
            SELECT MIN(f.says_id) < MAX(f.says_id) FROM entry AS f
            WHERE f.concession_id = c.thing_id AND f.kind = 'stage'
        )
    ))
    AND e.concession_id = c.thing_id AND e.kind = 'stage' AND e.effective_on > :since AND counts(e)
ORDER BY e.effective_on, place(e)
