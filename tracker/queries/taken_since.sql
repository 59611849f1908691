-- The entries that counted at a number and do not count now, and those that count again.
SELECT e.id, retracted(e.id) AS is_retracted
FROM entry AS e
WHERE e.id <= :before AND e.kind <> 'retraction' AND EXISTS (
    SELECT 1 FROM retracted AS r
    WHERE r.entry_id = e.id AND (r.from_id > :before OR r.until_id > :before)
)
AND retracted(e.id) = NOT EXISTS (
    SELECT 1 FROM retracted AS r
    WHERE r.entry_id = e.id AND r.from_id <= :before
        AND (r.until_id IS NULL OR r.until_id > :before)
)
ORDER BY e.id
