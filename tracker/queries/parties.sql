-- The parties in force, in the order in which they were first declared.
SELECT t.slug, v.name, v.short, b.slug AS part_of
FROM party AS v
JOIN thing AS t ON t.id = v.thing_id
LEFT JOIN thing AS b ON b.id = v.part_of_id
WHERE in_force(party, v)
ORDER BY (SELECT MIN(w.entry_id) FROM party AS w WHERE w.thing_id = v.thing_id)
