-- Every live move of every deadline.
SELECT
    e.id, t.slug, e.due_on, e.due_on_precision, e.value, e.effective_on,
    e.effective_on_precision, p.slug, s.slug, made_public(e) AS public_on placed(e)
FROM deadline AS d
CROSS JOIN entry AS e
JOIN thing AS t ON t.id = d.thing_id
LEFT JOIN thing AS p ON p.id = e.says_id
LEFT JOIN thing AS s ON s.id = e.source_id
WHERE in_force(deadline, d) AND chosen_deadline(d.concession_id, d.agreement_id)
    AND e.subject_id = d.thing_id AND e.kind = 'deadline' AND e.due_on IS NOT NULL AND counts(e)
ORDER BY e.effective_on, place(e)
