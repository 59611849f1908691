-- The agreements in force, in the order in which they were first declared.
SELECT t.slug, v.title, v.place, v.agreed_on, v.agreed_on_precision, s.slug, t.id
FROM agreement AS v
JOIN thing AS t ON t.id = v.thing_id
JOIN thing AS s ON s.id = v.source_id
WHERE in_force(agreement, v)
ORDER BY (SELECT MIN(w.entry_id) FROM agreement AS w WHERE w.thing_id = v.thing_id)
