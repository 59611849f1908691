-- The live stages that were set after one entry and before another, in the order of recording.
SELECT e.id, t.slug, p.slug, e.effective_on, e.stage
FROM entry AS e
JOIN thing AS t ON t.id = e.subject_id
LEFT JOIN thing AS p ON p.id = e.says_id
WHERE e.id > :after AND e.id < :before AND e.kind = 'stage' AND NOT retracted(e.id)
ORDER BY place(e)
