-- How many live entries rest on each source.
SELECT s.key, COUNT(e.id)
FROM source AS s
LEFT JOIN entry AS e ON e.source_id = s.id
    AND e.effective_on <= :as_of AND e.recorded_at <= :known_by
    AND NOT EXISTS (
        SELECT 1 FROM retracted AS r
        WHERE r.entry_id = e.id AND r.from_at <= :known_by
            AND (r.until_at IS NULL OR r.until_at > :known_by)
    )
GROUP BY s.id, s.key
ORDER BY s.id
