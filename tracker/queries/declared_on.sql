-- The declarations, between two days, of things that had been declared before.
SELECT line(j)
FROM journal AS j
WHERE j.kind = 'declaration' AND j.effective_on >= :since AND j.effective_on <= :as_of
    AND j.entry <= :known AND NOT retracted(j.entry)
    AND (
        declared_before(concession, j) OR declared_before(deadline, j)
        OR declared_before(agreement, j) OR declared_before(party, j) OR declared_before(source, j)
    )
ORDER BY j.entry
