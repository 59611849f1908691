-- The concessions in force that quote a source, each with its quotation.
SELECT t.slug, v.quote
FROM thing AS s
JOIN concession AS v ON v.source_id = s.id
JOIN thing AS t ON t.id = v.thing_id
WHERE s.namespace = 'source' AND s.slug = :key AND v.quote IS NOT NULL AND in_force(concession, v)
ORDER BY v.entry_id
