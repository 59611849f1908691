-- The declarations, between two days, of things that had been declared before.
SELECT line(j)
FROM journal AS j
WHERE j.kind = 'declaration' AND j.effective_on >= :since AND j.effective_on <= :as_of
    AND j.entry <= :known AND NOT retracted(j.entry)
    AND (
        EXISTS (SELECT 1 FROM concession AS w
            WHERE w.thing_id = j.subject_id AND w.entry_id < j.entry)
        OR EXISTS (SELECT 1 FROM deadline AS w
            WHERE w.thing_id = j.subject_id AND w.entry_id < j.entry)
        OR EXISTS (SELECT 1 FROM agreement AS w
            WHERE w.thing_id = j.subject_id AND w.entry_id < j.entry)
        OR EXISTS (SELECT 1 FROM party AS w
            WHERE w.thing_id = j.subject_id AND w.entry_id < j.entry)
        OR EXISTS (SELECT 1 FROM source AS w
            WHERE w.thing_id = j.subject_id AND w.entry_id < j.entry)
    )
ORDER BY j.entry
