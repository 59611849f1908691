-- The day of the latest news on each concession, its source, and the day of the last check.
SELECT
    t.slug, e.effective_on, e.effective_on_precision, s.slug,
    (
        SELECT MAX(k.effective_on) FROM entry AS k
        WHERE k.kind = 'check' AND k.says_id IS NULL AND k.concession_id = c.thing_id AND counts(k)
    ) AS checked_on,
    (
        SELECT MAX(k.effective_on) FROM entry AS k
        WHERE k.subject_id = c.agreement_id AND k.concession_id IS NULL AND k.kind = 'check'
            AND counts(k)
    ) AS all_checked_on
FROM concession AS c
JOIN thing AS t ON t.id = c.thing_id
LEFT JOIN entry AS e ON e.id = (
    SELECT v.id FROM entry AS v
    WHERE v.concession_id = c.thing_id AND news(v) AND counts(v)
    ORDER BY v.effective_on DESC, latest(v)
    LIMIT 1
)
LEFT JOIN thing AS s ON s.id = e.source_id
WHERE in_force(concession, c) AND chosen_concession(c.thing_id)
