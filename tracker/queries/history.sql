-- The journal between two days, retracted entries and retractions included.
SELECT line(j)
FROM journal AS j
WHERE told(j)
ORDER BY j.effective_on, place_of(j)
