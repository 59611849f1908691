-- The import keys that the book holds, and whether their entries were taken back.
SELECT
    e.import_key,
    EXISTS (SELECT 1 FROM retracted AS r WHERE r.entry_id = e.id AND r.until_at IS NULL)
FROM entry AS e
WHERE e.import_key IS NOT NULL
