-- What was logged by hand between two moments about earlier days, and the concessions that were
-- declared by hand. With each come two moments: when it was recorded, and when the entry was that it
-- replaces, directly or through other amendments.
SELECT line(j), COALESCE(b.origin_at, b.recorded_at) AS written_at, b.utc_offset,
    COALESCE(f.origin_at, f.recorded_at) AS first_at, f.utc_offset AS first_offset
FROM batch AS b
CROSS JOIN journal AS j
JOIN batch AS f ON f.id = (
    WITH RECURSIVE replaced (batch) AS (
        SELECT b.id
        UNION ALL
        SELECT w.batch
        FROM replaced AS n
        JOIN batch AS o ON o.id = n.batch AND o.command = 'amend'
        JOIN entry AS r ON r.id = o.first_entry AND r.kind = 'retraction'
        JOIN entry AS w ON w.id = r.refers_to
    )
    SELECT MIN(batch) FROM replaced
)
WHERE j.entry >= b.first_entry
    AND j.entry < COALESCE((SELECT n.first_entry FROM batch AS n WHERE n.id = b.id + 1), :end)
    AND (
        (b.recorded_at >= :from_at AND b.recorded_at <= :until_at AND b.origin_at IS NULL)
        OR (b.origin_at >= :from_at AND b.origin_at <= :until_at)
    )
    AND (
        (b.command = 'add' AND j.kind = 'declaration' AND j.subject = j.concession)
        OR (
            b.command IN ('log', 'measure', 'move', 'close', 'note', 'amend')
            AND j.effective_on < :before AND news(j)
        )
    )
    AND j.entry <= :known AND was_public(j.entry)
ORDER BY j.effective_on, place_of(j)
