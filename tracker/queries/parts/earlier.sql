-- The version of a thing that counted before another one; of one that was retracted, at that time.
SELECT MAX(w.entry_id) FROM table AS w
WHERE w.thing_id = row.thing_id AND w.entry_id < row.entry_id AND NOT EXISTS (
    SELECT 1 FROM entry AS r
    WHERE r.refers_to = w.entry_id AND r.kind = 'retraction' AND r.id <= :known
        AND NOT taken_back(r.id) AND r.id < COALESCE((retracted_by(row.entry_id)), r.id + 1)
)
