-- What retractions and citations need to know about the entries that they name.
SELECT
    e.id, e.kind, e.key, e.nth, t.namespace, e.subject_id, t.slug, e.concession_id, c.slug,
    retracted_by(e.id) AS retracted_by, e.refers_to
FROM entry AS e
JOIN thing AS t ON t.id = e.subject_id
LEFT JOIN thing AS c ON c.id = e.concession_id
WHERE e.id BETWEEN :first AND :last
ORDER BY e.id
