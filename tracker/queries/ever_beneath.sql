-- The things that any version declared under a thing, at any depth.
SELECT v.thing_id FROM concession AS v
WHERE v.agreement_id = :thing_id
UNION
SELECT d.thing_id FROM deadline AS d
WHERE d.agreement_id = :thing_id OR d.concession_id = :thing_id
    OR d.concession_id IN (
        SELECT v.thing_id FROM concession AS v
        WHERE v.agreement_id = :thing_id
    )
