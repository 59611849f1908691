-- The journal of one concession and of what is declared under it, between two days.
SELECT line(j)
FROM journal AS j
WHERE j.concession_id = :concession_id AND j.effective_on >= :since AND j.effective_on <= :as_of AND was_public(j.entry)
    AND j.entry <= :known AND (:declared OR j.kind <> 'declaration')
ORDER BY j.effective_on, place_of(j)
