-- The entries that the retractions of these days took back, their replacements, and what a
-- retraction that was taken back had taken back.
SELECT line(j),
    (SELECT COALESCE(b.origin_at, b.recorded_at) FROM batch AS b WHERE b.id = j.batch) AS written_at
FROM journal AS j
WHERE j.entry <= :known AND j.entry IN (
    SELECT o.refers_to FROM entry AS o
    WHERE o.kind = 'retraction' AND o.effective_on >= :since AND o.effective_on <= :as_of
        AND o.id <= :known
    UNION
    SELECT n.id FROM entry AS o
    JOIN entry AS n ON n.id = o.id + 1 AND n.batch = o.batch AND n.kind <> 'retraction'
    WHERE o.kind = 'retraction' AND o.effective_on >= :since AND o.effective_on <= :as_of
        AND o.id <= :known
    UNION
    SELECT r.refers_to FROM entry AS o
    JOIN entry AS r ON r.id = o.refers_to AND r.kind = 'retraction'
    WHERE o.kind = 'retraction' AND o.effective_on >= :since AND o.effective_on <= :as_of
        AND o.id <= :known
)
ORDER BY j.entry
