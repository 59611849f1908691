-- What was logged by hand between two moments about earlier days; replacements of entries are
-- listed with the corrections.
SELECT line(j), COALESCE(b.origin_at, b.recorded_at) AS written_at, b.utc_offset
FROM batch AS b
CROSS JOIN journal AS j
WHERE j.entry >= b.first_entry
    AND j.entry < COALESCE((SELECT n.first_entry FROM batch AS n WHERE n.id = b.id + 1), :end)
    AND (
        (b.recorded_at >= :from_at AND b.recorded_at <= :until_at AND b.origin_at IS NULL)
        OR (b.origin_at >= :from_at AND b.origin_at <= :until_at)
    )
    AND b.command IN ('log', 'measure', 'move', 'close', 'note')
    AND j.entry <= :known AND j.effective_on < :before AND was_public(j.entry)
    AND news(j)
ORDER BY j.effective_on, place_of(j)
