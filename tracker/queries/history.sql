-- The journal between two days, retracted entries and retractions included.
SELECT j.*, retracted_by(j) AS retracted_by
FROM journal AS j
WHERE j.effective_on >= :since AND j.effective_on <= :as_of AND j.recorded_at <= :known_by
ORDER BY j.effective_on, j.entry
