-- The sources that were added to entries, by entry and in the order in which they were added.
SELECT c.refers_to, s.slug
FROM entry AS c
JOIN thing AS s ON s.id = c.source_id
WHERE c.refers_to IS NOT NULL AND c.kind = 'citation' AND counts(c)
ORDER BY c.refers_to, place(c)
