-- The first live entries on a thing, apart from its declarations.
SELECT e.id FROM entry AS e
WHERE (e.subject_id = :thing_id OR e.concession_id = :thing_id)
    AND e.kind NOT IN ('declaration', 'retraction') AND e.id <= :known AND NOT retracted(e.id)
ORDER BY e.id
LIMIT 11
