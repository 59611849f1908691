-- When each agreement itself was last heard of, apart from its concessions.
SELECT
    a.slug,
    (
        SELECT v.effective_on FROM entry AS v
        WHERE v.agreement_id = a.id AND v.concession_id IS NULL
            AND v.kind NOT IN ('check', 'retraction') AND counts(v)
        ORDER BY v.effective_on DESC, v.id DESC
        LIMIT 1
    ) AS word_on
FROM agreement AS a
ORDER BY a.id
