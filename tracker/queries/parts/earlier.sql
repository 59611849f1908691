-- The version of a thing before another one that counts.
SELECT MAX(w.entry_id) FROM table AS w
WHERE w.thing_id = row.thing_id AND w.entry_id < row.entry_id AND NOT retracted(w.entry_id)
