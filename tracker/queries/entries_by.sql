-- An author's entries, latest first, and whether each still stands.
SELECT
    e.id, e.batch, e.kind, e.note,
    NOT EXISTS (SELECT 1 FROM retracted AS r WHERE r.entry_id = e.id AND r.until_at IS NULL)
FROM entry AS e
WHERE e.author = :author
ORDER BY e.id DESC
