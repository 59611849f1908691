-- The entries after one that came from other books, with their numbers there; those of a merge that
-- was undone are left out.
SELECT e.id, e.batch, e.origin
FROM entry AS e
WHERE e.id > :after AND e.origin IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM retracted AS r
    JOIN entry AS x ON x.id = r.from_id
    JOIN batch AS u ON u.id = x.batch
    WHERE r.entry_id = e.id AND r.until_id IS NULL AND u.command = 'undo' AND u.merged_by IS NULL
)
ORDER BY e.id
