-- The entries with the keys concatenated in `keys`, 16 bytes each, and how each was retracted, if
-- it was: 'undo' if only by undos, else 'import'.
WITH RECURSIVE part (place) AS (
    SELECT 0
    UNION ALL
    SELECT place + 1 FROM part WHERE place + 1 < :many
)
SELECT
    e.key, e.id, e.nth,
    (
        SELECT MIN(CASE WHEN b.command = 'undo' THEN 'undo' ELSE 'import' END)
        FROM retracted AS r
        JOIN entry AS x ON x.id = r.from_id
        LEFT JOIN batch AS b ON b.id = x.batch
        WHERE r.entry_id = e.id
    )
FROM part AS p
CROSS JOIN entry AS e
WHERE e.key = substr(:keys, p.place * 16 + 1, 16)
ORDER BY e.id
