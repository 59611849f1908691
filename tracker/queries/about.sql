-- The live entries about some things, their declarations included.
SELECT e.id FROM entry AS e
WHERE (e.subject_id IN (:things) OR e.concession_id IN (:things)) AND e.kind <> 'retraction'
    AND e.id <= :known AND NOT retracted(e.id)
ORDER BY e.id
