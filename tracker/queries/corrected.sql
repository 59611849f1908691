-- The entries that the retractions of these days took back, their replacements, and what a
-- retraction that was taken back had taken back.
WITH taken (id, batch, refers_to) AS (
    SELECT o.id, o.batch, o.refers_to FROM entry AS o
    WHERE o.kind = 'retraction' AND o.effective_on >= :since AND o.effective_on <= :as_of
        AND o.id <= :known
)
SELECT line(j), COALESCE(b.origin_at, b.recorded_at) AS written_at, b.utc_offset
FROM journal AS j
JOIN batch AS b ON b.id = j.batch
WHERE j.entry <= :known AND j.entry IN (
    SELECT o.refers_to FROM taken AS o
    UNION
    SELECT n.id FROM taken AS o
    JOIN entry AS n ON n.id = o.id + 1 AND n.batch = o.batch AND n.kind <> 'retraction'
    UNION
    SELECT r.refers_to FROM taken AS o
    JOIN entry AS r ON r.id = o.refers_to AND r.kind = 'retraction'
    UNION
    SELECT w.refers_to FROM taken AS o
    JOIN entry AS r ON r.id = o.refers_to AND r.kind = 'retraction'
    JOIN entry AS w ON w.id = r.refers_to AND w.kind = 'retraction'
)
ORDER BY j.entry
