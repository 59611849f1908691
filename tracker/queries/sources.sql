-- Every source: its version in force, or only its address. The declared ones come first.
SELECT t.slug, v.title, v.publisher,
    CASE WHEN v.entry_id IS NOT NULL THEN v.url WHEN t.slug LIKE '%://%' THEN t.slug END,
    v.published_on, COALESCE(v.official, :unofficial) AS official, v.archived_url,
    v.entry_id IS NOT NULL AS is_declared
FROM thing AS t
LEFT JOIN source AS v ON v.thing_id = t.id AND in_force(source, v)
WHERE t.namespace = 'source'
ORDER BY v.entry_id IS NULL,
    (SELECT MIN(w.entry_id) FROM source AS w WHERE w.thing_id = t.id AND w.entry_id <= :known),
    t.id
