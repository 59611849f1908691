SELECT slug, name, short FROM party ORDER BY id
