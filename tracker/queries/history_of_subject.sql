-- The journal of one thing that belongs to no concession, between two days.
SELECT line(j)
FROM journal AS j
WHERE j.concession_id IS NULL AND j.subject_id = :subject_id AND told(j)
ORDER BY j.effective_on, place_of(j)
