-- The entry that retracted this one by the number, if any.
SELECT MIN(r.id) FROM entry AS r
WHERE r.refers_to = row AND r.kind = 'retraction' AND r.id <= :known AND NOT taken_back(r.id)
