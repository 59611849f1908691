-- How many entries that count rest on each source, by agreement.
SELECT s.key, a.slug, COUNT(*)
FROM entry AS e
JOIN source AS s ON s.id = e.source_id
JOIN agreement AS a ON a.id = e.agreement_id
WHERE counts(e)
GROUP BY s.id, s.key, a.id, a.slug
ORDER BY s.id, a.id
