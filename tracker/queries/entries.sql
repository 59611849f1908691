-- The entries of one command, or a single one, as they count now.
SELECT line(j)
FROM journal AS j
WHERE j.entry >= :first AND j.entry <= :last AND j.entry <= :known
ORDER BY j.entry
