-- What was logged by hand between two moments about earlier days, and the concessions that were
-- declared by hand. Replacements of entries that were recorded before are left out: they are listed
-- with the corrections.
SELECT line(j), COALESCE(b.origin_at, b.recorded_at) AS written_at, b.utc_offset
FROM batch AS b
CROSS JOIN journal AS j
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
            AND NOT EXISTS (
                SELECT 1 FROM entry AS r
                JOIN entry AS w ON w.id = r.refers_to
                JOIN batch AS o ON o.id = w.batch
                WHERE r.id >= b.first_entry AND r.batch = b.id AND r.kind = 'retraction'
                    AND COALESCE(o.origin_at, o.recorded_at) < :from_at
            )
        )
    )
    AND j.entry <= :known AND was_public(j.entry)
ORDER BY j.effective_on, place_of(j)
