-- How many live entries rest on each source.
SELECT s.key, COUNT(e.id)
FROM source AS s
LEFT JOIN entry AS e ON e.source_id = s.id AND counts(e)
GROUP BY s.id, s.key
ORDER BY s.id
