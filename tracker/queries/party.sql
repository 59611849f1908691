SELECT id, slug FROM party
WHERE slug = :name OR short = :name OR name = :name
ORDER BY id
