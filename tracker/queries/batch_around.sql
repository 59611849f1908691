-- The first and the last entry of the batch that contains an entry.
SELECT b.first_entry, last_of(b.id)
FROM entry AS e
JOIN batch AS b ON b.id = e.batch
WHERE e.id = :entry
