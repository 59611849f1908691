-- The entries after one that merges wrote, with their numbers in the book of their origin; those of
-- a merge that was undone are left out.
SELECT e.id, e.batch, COALESCE(e.origin, e.id)
FROM entry AS e
JOIN batch AS b ON b.id = e.batch
WHERE e.id > :after AND b.merged_by IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM retracted AS r
    JOIN entry AS x ON x.id = r.from_id
    JOIN batch AS u ON u.id = x.batch
    WHERE r.entry_id = e.id AND u.command = 'undo' AND u.merged_by IS NULL
)
ORDER BY e.id
