INSERT INTO thing (namespace, slug) VALUES (:namespace, :slug) RETURNING id
