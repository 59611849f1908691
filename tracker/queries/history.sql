-- The journal between two days, retracted entries and retractions included.
SELECT
    j.*,
    (
        SELECT MIN(r.retraction_id) FROM retracted AS r
        WHERE r.entry_id = j.entry AND r.from_at <= :known_by
            AND (r.until_at IS NULL OR r.until_at > :known_by)
    ) AS retracted_by
FROM journal AS j
WHERE j.effective_on >= :since AND j.effective_on <= :as_of AND j.recorded_at <= :known_by
ORDER BY j.effective_on, j.entry
