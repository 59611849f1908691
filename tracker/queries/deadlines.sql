-- The deadlines in force, in the order in which they were first declared.
SELECT
    t.slug, a.slug, c.slug, v.kind, v.label, v.opens_on, v.due_on, v.due_on_precision, v.target,
    v.unit, s.slug, v.awaits, v.bound, v.base
FROM deadline AS v
JOIN thing AS t ON t.id = v.thing_id
JOIN thing AS s ON s.id = v.source_id
LEFT JOIN thing AS a ON a.id = v.agreement_id
LEFT JOIN thing AS c ON c.id = v.concession_id
WHERE in_force(deadline, v)
ORDER BY (SELECT MIN(w.entry_id) FROM deadline AS w WHERE w.thing_id = v.thing_id)
