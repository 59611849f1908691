-- The journal of one concession and of what is declared under it, between two days.
SELECT line(j)
FROM journal AS j
WHERE j.concession_id = :concession_id AND told(j)
ORDER BY j.effective_on, place_of(j)
