SELECT import_key FROM entry WHERE import_key IS NOT NULL
