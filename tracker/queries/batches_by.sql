-- An author's batches, latest first: command, first entry and last.
SELECT
    b.command, b.first_entry,
    COALESCE(
        (SELECT n.first_entry - 1 FROM batch AS n WHERE n.id = b.id + 1),
        (SELECT MAX(e.id) FROM entry AS e)
    )
FROM batch AS b
WHERE b.author = :author
ORDER BY b.id DESC
