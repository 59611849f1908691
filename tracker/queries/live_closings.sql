-- The live outcomes of one deadline.
SELECT e.id, e.outcome, e.effective_on
FROM entry AS e
WHERE e.subject_id = :thing_id AND e.kind = 'deadline' AND e.outcome IS NOT NULL
    AND NOT retracted(e.id)
ORDER BY e.id
