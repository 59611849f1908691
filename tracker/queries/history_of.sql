-- The journal of one agreement, concession or deadline between two days.
SELECT j.*, retracted_by(j) AS retracted_by
FROM journal AS j
WHERE (j.agreement = :slug OR j.concession = :slug OR j.deadline = :slug)
    AND j.effective_on >= :since AND j.effective_on <= :as_of AND j.recorded_at <= :known_by
ORDER BY j.effective_on, j.entry
