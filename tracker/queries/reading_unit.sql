-- In which unit a deadline's readings are counted so far.
SELECT e.unit FROM entry AS e
JOIN deadline AS d ON d.id = e.deadline_id
WHERE d.slug = :slug AND e.kind = 'reading'
ORDER BY e.id
LIMIT 1
