-- The live entries outside a span that add a source to an entry within it.
SELECT e.id, e.refers_to FROM entry AS e
WHERE e.refers_to BETWEEN :first AND :last AND (e.id < :first OR e.id > :last)
    AND e.kind = 'citation' AND NOT retracted(e.id)
ORDER BY e.id
