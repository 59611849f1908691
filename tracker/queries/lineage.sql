-- Every batch in its order: where it begins, and what it is known by in every book.
SELECT b.id, b.first_entry, b.seal, b.origin
FROM batch AS b
ORDER BY b.id
