-- The latest command, other than an undo, that took these entries back from outside, if any.
SELECT r.from_id, b.author
FROM retracted AS r
JOIN entry AS x ON x.id = r.from_id
JOIN batch AS b ON b.id = x.batch
WHERE r.entry_id BETWEEN :first AND :last AND r.from_id > :last AND r.until_id IS NULL
    AND b.command <> 'undo'
ORDER BY r.from_id DESC
LIMIT 1
