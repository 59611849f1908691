-- What took some of these entries back from outside, if anything: the author's own undo, else the
-- latest command.
SELECT r.from_id, b.author, b.command = 'undo' AND b.author = :author AS is_undo
FROM retracted AS r
JOIN entry AS x ON x.id = r.from_id
JOIN batch AS b ON b.id = x.batch
WHERE r.entry_id BETWEEN :first AND :last AND r.from_id > :last
ORDER BY is_undo DESC, r.from_id DESC
LIMIT 1
