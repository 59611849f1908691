-- Every live claim on the concessions that some entries are about.
SELECT e.id, t.slug, p.slug, e.stage, e.effective_on, e.effective_on_precision, k.slug placed(e)
FROM entry AS e
JOIN thing AS t ON t.id = e.concession_id
JOIN thing AS p ON p.id = e.says_id
LEFT JOIN thing AS k ON k.id = e.source_id
WHERE e.concession_id IN (SELECT a.concession_id FROM entry AS a WHERE a.id IN (:entries))
    AND e.kind = 'stage' AND counts(e)
ORDER BY e.effective_on, place(e)
