-- The things that were declared, or about which something was retracted, after a number.
SELECT t.namespace, t.slug, t.id
FROM entry AS e
JOIN thing AS t ON t.id = e.subject_id
WHERE e.id > :before AND e.kind IN ('declaration', 'retraction')
GROUP BY t.namespace, t.slug, t.id
ORDER BY MIN(e.id)
