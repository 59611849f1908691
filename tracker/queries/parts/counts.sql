-- Whether an entry counts: it had happened by the day, was recorded by the number, and was not
-- taken back by then; with a public clock, it was public by that day, too.
row.effective_on <= :as_of AND row.id <= :known AND NOT retracted(row.id) AND public(row)
