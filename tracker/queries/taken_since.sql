-- The entries that counted at a number and do not count now, and those that count again.
WITH was (id) AS (
    SELECT r.refers_to FROM entry AS r
    WHERE r.kind = 'retraction' AND r.id <= :before AND NOT EXISTS (
        SELECT 1 FROM entry AS u
        WHERE u.refers_to = r.id AND u.kind = 'retraction' AND u.id <= :before AND NOT EXISTS (
            SELECT 1 FROM entry AS x
            WHERE x.refers_to = u.id AND x.kind = 'retraction' AND x.id <= :before
        )
    )
)
SELECT e.id, retracted(e.id) AS is_retracted
FROM entry AS e
WHERE e.id <= :before AND e.kind <> 'retraction' AND e.id IN (
    SELECT COALESCE(o.refers_to, r.refers_to, n.refers_to) FROM entry AS n
    LEFT JOIN entry AS r ON r.id = n.refers_to AND r.kind = 'retraction'
    LEFT JOIN entry AS o ON o.id = r.refers_to AND o.kind = 'retraction'
    WHERE n.id > :before AND n.kind = 'retraction'
)
AND retracted(e.id) = (e.id NOT IN (SELECT w.id FROM was AS w))
ORDER BY e.id
