-- Of each deadline, the latest live move and the latest that restated its target.
SELECT
    e.id, t.slug, e.due_on, e.due_on_precision, e.value, e.unit, e.effective_on AS announced_on,
    p.slug, s.slug
FROM deadline AS d
JOIN thing AS t ON t.id = d.thing_id
JOIN entry AS e ON e.id IN (
    (
        SELECT v.id FROM entry AS v
        WHERE v.subject_id = d.thing_id AND v.kind = 'deadline' AND v.due_on IS NOT NULL
            AND counts(v)
        ORDER BY v.effective_on DESC, v.id DESC
        LIMIT 1
    ),
    (
        SELECT v.id FROM entry AS v
        WHERE v.subject_id = d.thing_id AND v.kind = 'deadline' AND v.value IS NOT NULL
            AND counts(v)
        ORDER BY v.effective_on DESC, v.id DESC
        LIMIT 1
    )
)
LEFT JOIN thing AS p ON p.id = e.says_id
LEFT JOIN thing AS s ON s.id = e.source_id
WHERE in_force(deadline, d) AND chosen_deadline(d.concession_id, d.agreement_id)
ORDER BY e.effective_on, e.id
