-- The source of this key or address, and whether it is declared.
SELECT t.id, v.entry_id IS NOT NULL, v.publisher
FROM thing AS t
LEFT JOIN source AS v ON v.thing_id = t.id AND in_force(source, v)
WHERE t.namespace = 'source' AND t.slug = :key
