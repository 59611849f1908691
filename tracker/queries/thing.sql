SELECT id FROM thing WHERE slug = :slug AND namespace = :namespace
