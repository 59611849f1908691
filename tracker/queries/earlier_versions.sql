-- The declarations between two entries of things that had been declared before, each with the
-- previous one that counts.
SELECT o.entry_id, o.earlier_id FROM (
    SELECT v.entry_id, (
        SELECT MAX(w.entry_id) FROM party AS w
        WHERE w.thing_id = v.thing_id AND w.entry_id < v.entry_id AND NOT retracted(w.entry_id)
    ) AS earlier_id
    FROM party AS v
    UNION ALL
    SELECT v.entry_id, (
        SELECT MAX(w.entry_id) FROM source AS w
        WHERE w.thing_id = v.thing_id AND w.entry_id < v.entry_id AND NOT retracted(w.entry_id)
    )
    FROM source AS v
    UNION ALL
    SELECT v.entry_id, (
        SELECT MAX(w.entry_id) FROM agreement AS w
        WHERE w.thing_id = v.thing_id AND w.entry_id < v.entry_id AND NOT retracted(w.entry_id)
    )
    FROM agreement AS v
    UNION ALL
    SELECT v.entry_id, (
        SELECT MAX(w.entry_id) FROM concession AS w
        WHERE w.thing_id = v.thing_id AND w.entry_id < v.entry_id AND NOT retracted(w.entry_id)
    )
    FROM concession AS v
    UNION ALL
    SELECT v.entry_id, (
        SELECT MAX(w.entry_id) FROM deadline AS w
        WHERE w.thing_id = v.thing_id AND w.entry_id < v.entry_id AND NOT retracted(w.entry_id)
    )
    FROM deadline AS v
) AS o
WHERE o.entry_id >= :first AND o.entry_id <= :last AND o.earlier_id IS NOT NULL
