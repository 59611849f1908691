-- The party of this slug, name or short name, in any case.
SELECT id, slug FROM party
WHERE slug = LOWER(:name) OR LOWER(short) = LOWER(:name) OR LOWER(name) = LOWER(:name)
ORDER BY id
