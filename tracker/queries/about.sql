-- The entries about some things, their declarations included, and the entry that retracted each, or
-- what it cites.
SELECT e.id, COALESCE(retracted_by(e.id), retracted_by(e.refers_to)) AS retracted_by
FROM entry AS e
WHERE (e.subject_id IN (:things) OR e.concession_id IN (:things)) AND e.kind <> 'retraction'
    AND e.id <= :known
ORDER BY e.id
