-- The journal between two days, retracted entries and retractions included.
SELECT line(j)
FROM journal AS j
WHERE j.effective_on >= :since AND j.effective_on <= :as_of AND was_public(j.entry) AND j.entry <= :known
    AND (:declared OR j.kind <> 'declaration')
ORDER BY j.effective_on, place_of(j)
