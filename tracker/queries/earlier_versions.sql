-- The declarations between two entries of things that had been declared before, each with the
-- previous one that counts.
SELECT o.entry_id, o.earlier_id FROM (
    SELECT v.entry_id, earlier(party, v) AS earlier_id FROM party AS v
    UNION ALL SELECT v.entry_id, earlier(source, v) FROM source AS v
    UNION ALL SELECT v.entry_id, earlier(agreement, v) FROM agreement AS v
    UNION ALL SELECT v.entry_id, earlier(concession, v) FROM concession AS v
    UNION ALL SELECT v.entry_id, earlier(deadline, v) FROM deadline AS v
) AS o
WHERE o.entry_id >= :first AND o.entry_id <= :last AND o.earlier_id IS NOT NULL
