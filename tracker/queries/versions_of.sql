-- The declarations of one thing, in order, and the entry that retracted each.
SELECT e.id, retracted_by(e.id) AS retracted_by
FROM entry AS e
WHERE e.id <= :known AND e.id IN (
    SELECT v.entry_id FROM party AS v WHERE v.thing_id = :thing_id
    UNION ALL SELECT v.entry_id FROM source AS v WHERE v.thing_id = :thing_id
    UNION ALL SELECT v.entry_id FROM agreement AS v WHERE v.thing_id = :thing_id
    UNION ALL SELECT v.entry_id FROM concession AS v WHERE v.thing_id = :thing_id
    UNION ALL SELECT v.entry_id FROM deadline AS v WHERE v.thing_id = :thing_id
)
ORDER BY e.id
