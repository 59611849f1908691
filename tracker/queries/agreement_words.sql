-- The day of the latest news on each agreement itself, apart from its concessions.
SELECT
    t.slug,
    (
        SELECT MAX(v.effective_on) FROM entry AS v
        WHERE v.concession_id IS NULL AND news(v)
            AND v.subject_id IN (
                SELECT a.thing_id UNION ALL
                SELECT d.thing_id FROM deadline AS d WHERE d.agreement_id = a.thing_id
            )
            AND counts(v)
    ) AS word_on
FROM agreement AS a
JOIN thing AS t ON t.id = a.thing_id
WHERE in_force(agreement, a) AND chosen_agreement(a.thing_id)
