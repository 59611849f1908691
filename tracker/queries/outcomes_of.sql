-- The outcomes of one deadline, and the entry that retracted each.
SELECT e.id, retracted_by(e.id) AS retracted_by, e.outcome, e.effective_on
FROM entry AS e
WHERE e.id <= :known AND e.subject_id = :thing_id AND e.kind = 'deadline' AND e.outcome IS NOT NULL
ORDER BY e.id
