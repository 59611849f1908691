-- Every live claim that is dated after a day.
SELECT e.id, t.slug, p.slug, e.stage, e.effective_on, e.effective_on_precision, k.slug placed(e)
FROM concession AS c
CROSS JOIN entry AS e
JOIN thing AS t ON t.id = c.thing_id
JOIN thing AS p ON p.id = e.says_id
LEFT JOIN thing AS k ON k.id = e.source_id
WHERE in_force(concession, c) AND chosen_concession(c.thing_id)
    AND e.concession_id = c.thing_id AND e.kind = 'stage' AND e.effective_on > :since AND counts(e)
ORDER BY e.effective_on, place(e)
