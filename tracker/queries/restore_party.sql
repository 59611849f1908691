INSERT INTO party (slug, name, short) VALUES (:slug, :name, :short)
