-- What the retractions of these days took back, and what was written in its place.
SELECT j.*, retracted_by(j) AS retracted_by
FROM journal AS j
WHERE j.recorded_at <= :known_by AND j.entry IN (
    SELECT o.retracts FROM entry AS o
    WHERE o.kind = 'retraction' AND o.effective_on >= :since AND o.effective_on <= :as_of
        AND o.recorded_at <= :known_by
    UNION
    SELECT n.id FROM entry AS o
    JOIN entry AS n ON n.id = o.id + 1 AND n.batch = o.batch AND n.kind <> 'retraction'
    WHERE o.kind = 'retraction' AND o.effective_on >= :since AND o.effective_on <= :as_of
        AND o.recorded_at <= :known_by
)
ORDER BY j.entry
