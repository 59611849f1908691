-- The versions of concessions whose test was ever changed, in order.
SELECT t.slug, w.entry_id, w.test
FROM concession AS v
JOIN thing AS t ON t.id = v.thing_id
JOIN concession AS w ON w.thing_id = v.thing_id AND w.entry_id <= v.entry_id
WHERE in_force(concession, v) AND NOT retracted(w.entry_id) AND chosen_concession(v.thing_id)
    AND EXISTS (
        SELECT 1 FROM concession AS o WHERE o.thing_id = v.thing_id AND o.test <> v.test
    )
ORDER BY t.slug, w.entry_id
