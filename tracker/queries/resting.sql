-- The live entries outside a span that rest on some things: they are about them, or name them as
-- speaker, as source or in a declaration. What cites a retracted entry rests on nothing.
SELECT e.id, e.kind, e.subject_id, e.concession_id FROM entry AS e
WHERE (e.id < :first OR e.id > :last) AND e.id <= :known AND e.kind <> 'retraction'
    AND NOT retracted(e.id) AND NOT retracted(e.refers_to)
    AND (
        e.subject_id IN (:things) OR e.says_id IN (:things) OR e.source_id IN (:things)
        OR e.id IN (SELECT v.entry_id FROM party AS v WHERE v.part_of_id IN (:things))
        OR e.id IN (SELECT v.entry_id FROM agreement AS v WHERE v.source_id IN (:things))
        OR e.id IN (
            SELECT v.entry_id FROM concession AS v
            WHERE v.source_id IN (:things) OR v.agreement_id IN (:things))
        OR e.id IN (
            SELECT v.entry_id FROM deadline AS v
            WHERE v.source_id IN (:things) OR v.agreement_id IN (:things)
                OR v.concession_id IN (:things))
        OR e.id IN (SELECT v.entry_id FROM concession_party AS v WHERE v.party_id IN (:things))
    )
ORDER BY e.id
