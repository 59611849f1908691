-- Whether an entry counts: it happened by the day, was recorded by the number, and was not
-- retracted by then; with a public clock, it was also public by that day.
row.effective_on <= :as_of AND row.id <= :known AND NOT retracted(row.id) AND public(row)
