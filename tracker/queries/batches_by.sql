-- An author's commands, latest first, each with its first and last entry; a merge is one command,
-- although its batches are by others.
SELECT d.command, d.first_entry, last_of(d.last_id)
FROM (
    SELECT b.command, b.first_entry, b.id AS last_id
    FROM batch AS b
    WHERE b.author = :author AND b.merged_by IS NULL
    UNION ALL
    SELECT 'merge', MIN(b.first_entry), MAX(b.id)
    FROM batch AS b
    WHERE b.merged_by = :author
    GROUP BY b.recorded_at
) AS d
ORDER BY d.last_id DESC
