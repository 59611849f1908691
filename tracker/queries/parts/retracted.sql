-- Whether an entry was retracted by the number, and that was not undone by then.
EXISTS (
    SELECT 1 FROM entry AS r
    WHERE r.refers_to = row AND r.kind = 'retraction' AND r.id <= :known AND NOT taken_back(r.id)
)
