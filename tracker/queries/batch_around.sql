-- The first and the last entry of the batch that contains an entry.
SELECT
    b.first_entry,
    COALESCE(
        (SELECT n.first_entry - 1 FROM batch AS n WHERE n.id = b.id + 1),
        (SELECT MAX(m.id) FROM entry AS m)
    )
FROM entry AS e
JOIN batch AS b ON b.id = e.batch
WHERE e.id = :entry
