-- The entries of one command that say the same as an earlier live one, with the first of those.
SELECT e.id, o.id
FROM entry AS e
JOIN entry AS o ON o.id = (
    SELECT v.id FROM entry AS v
    WHERE v.key = e.key AND v.nth < e.nth AND NOT retracted(v.id)
    ORDER BY v.nth
    LIMIT 1
)
WHERE e.id BETWEEN :first AND :last AND e.nth > 1
