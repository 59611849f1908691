-- The party with this slug, else with this name or short name, regardless of case.
SELECT t.id, t.slug
FROM party AS v
JOIN thing AS t ON t.id = v.thing_id
WHERE in_force(party, v) AND (
    t.slug = LOWER(:name) OR LOWER(v.short) = LOWER(:name) OR LOWER(v.name) = LOWER(:name)
)
ORDER BY CASE t.slug WHEN :name THEN 0 WHEN LOWER(:name) THEN 1 ELSE 2 END, v.entry_id
