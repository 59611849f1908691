-- Every batch in order: its first entry, and its identity in every book.
SELECT b.id, b.first_entry, b.seal, b.origin
FROM batch AS b
ORDER BY b.id
