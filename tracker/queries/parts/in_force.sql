-- Whether a version is in force: the latest of its thing that counts at the number.
row.entry_id <= :known AND NOT retracted(row.entry_id) AND NOT EXISTS (
    SELECT 1 FROM table AS w
    WHERE w.thing_id = row.thing_id AND w.entry_id > row.entry_id AND w.entry_id <= :known
        AND NOT retracted(w.entry_id)
)
