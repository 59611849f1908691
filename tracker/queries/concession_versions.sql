-- The declarations of concessions that count, in order.
SELECT t.slug, v.entry_id
FROM concession AS v
JOIN thing AS t ON t.id = v.thing_id
WHERE v.entry_id <= :known AND NOT retracted(v.entry_id)
ORDER BY v.entry_id
