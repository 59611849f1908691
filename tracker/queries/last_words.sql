-- When each concession was last heard of, where that stood, and when somebody last looked.
SELECT
    c.slug, e.effective_on AS word_on, s.key,
    (
        SELECT MAX(k.effective_on) FROM entry AS k
        WHERE k.kind = 'check' AND k.says_id IS NULL AND k.agreement_id = c.agreement_id
            AND (k.concession_id = c.id OR (k.concession_id IS NULL AND k.deadline_id IS NULL))
            AND counts(k)
    ) AS checked_on
FROM concession AS c
LEFT JOIN entry AS e ON e.id = (
    SELECT v.id FROM entry AS v
    WHERE v.concession_id = c.id AND v.kind NOT IN ('check', 'retraction') AND counts(v)
    ORDER BY v.effective_on DESC, v.id DESC
    LIMIT 1
)
LEFT JOIN source AS s ON s.id = e.source_id
ORDER BY c.id
