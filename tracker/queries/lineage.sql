-- Every batch in order: its first entry, its identity in every book, and who merged it.
SELECT b.id, b.first_entry, b.seal, b.origin, b.merged_by
FROM batch AS b
ORDER BY b.id
