-- The sources that were added to one entry, and when, in the order in which they were added.
SELECT s.slug, c.effective_on, c.effective_on_precision
FROM entry AS c
JOIN thing AS s ON s.id = c.source_id
WHERE c.refers_to = :entry AND c.kind = 'citation' AND c.id <= :known AND NOT retracted(c.id)
ORDER BY place(c)
