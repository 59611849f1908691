-- The entries with some numbers, as they count now.
SELECT line(j)
FROM journal AS j
WHERE j.entry IN (:numbers) AND j.entry <= :known
ORDER BY j.entry
