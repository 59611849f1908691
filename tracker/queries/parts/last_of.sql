-- The last entry of the batch with a number.
COALESCE(
    (SELECT n.first_entry - 1 FROM batch AS n WHERE n.id = row + 1),
    (SELECT MAX(m.id) FROM entry AS m)
)
