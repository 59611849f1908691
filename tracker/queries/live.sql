-- Whether any of these entries counts.
SELECT e.id FROM entry AS e
WHERE e.id BETWEEN :first AND :last AND NOT retracted(e.id)
LIMIT 1
