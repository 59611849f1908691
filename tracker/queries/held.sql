-- Of the import keys strung together in `keys`, 16 bytes each, those that the book holds, and
-- whether the entry was taken back.
WITH RECURSIVE part (place) AS (
    SELECT 0
    UNION ALL
    SELECT place + 1 FROM part WHERE place + 1 < :many
)
SELECT
    e.import_key, e.id,
    EXISTS (SELECT 1 FROM retracted AS r WHERE r.entry_id = e.id AND r.until_at IS NULL)
FROM part AS p
CROSS JOIN entry AS e
WHERE e.import_key = substr(:keys, p.place * 16 + 1, 16)
