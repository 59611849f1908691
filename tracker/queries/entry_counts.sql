-- How many live entries rest on each source, by agreement.
SELECT s.slug, a.slug, CAST(SUM(n.many) AS INTEGER)
FROM (
    SELECT e.source_id, e.concession_id, e.subject_id, COUNT(*) AS many
    FROM entry AS e
    WHERE e.source_id IS NOT NULL AND counts(e)
    GROUP BY e.source_id, e.concession_id, e.subject_id
) AS n
JOIN thing AS s ON s.id = n.source_id
LEFT JOIN concession AS c ON c.thing_id = n.concession_id AND in_force(concession, c)
LEFT JOIN deadline AS d ON d.thing_id = n.subject_id AND n.concession_id IS NULL
    AND in_force(deadline, d)
LEFT JOIN thing AS a ON a.id = COALESCE(c.agreement_id, d.agreement_id, n.subject_id)
GROUP BY s.id, s.slug, a.id, a.slug
