-- What was given in return for what, if both are in force.
SELECT c.slug, r.slug
FROM exchange AS x
JOIN concession AS v ON v.entry_id = x.entry_id
JOIN concession AS o ON o.thing_id = x.in_return_for_id
JOIN thing AS c ON c.id = v.thing_id
JOIN thing AS r ON r.id = o.thing_id
WHERE in_force(concession, v) AND in_force(concession, o)
    AND chosen_exchange(v.thing_id, o.thing_id)
ORDER BY (SELECT MIN(w.entry_id) FROM concession AS w WHERE w.thing_id = v.thing_id),
    (SELECT MIN(w.entry_id) FROM concession AS w WHERE w.thing_id = o.thing_id)
