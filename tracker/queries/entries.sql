-- The entries of one command, or a single one, as they stand now.
SELECT
    j.*,
    (
        SELECT MIN(r.retraction_id) FROM retracted AS r
        WHERE r.entry_id = j.entry AND r.from_at <= :known_by
            AND (r.until_at IS NULL OR r.until_at > :known_by)
    ) AS retracted_by
FROM journal AS j
WHERE j.entry >= :first AND j.entry <= :last AND j.recorded_at <= :known_by
ORDER BY j.entry
