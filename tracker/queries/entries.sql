-- The entries of one command, or a single one, as they stand now.
SELECT j.*, retracted_by(j) AS retracted_by
FROM journal AS j
WHERE j.entry >= :first AND j.entry <= :last AND j.recorded_at <= :known_by
ORDER BY j.entry
