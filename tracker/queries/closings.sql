-- The latest live outcome of each deadline.
SELECT e.id, t.slug, e.outcome, e.effective_on, e.effective_on_precision placed(e)
FROM deadline AS d
JOIN thing AS t ON t.id = d.thing_id
JOIN entry AS e ON e.id = (
    SELECT v.id FROM entry AS v
    WHERE v.subject_id = d.thing_id AND v.kind = 'deadline' AND v.outcome IS NOT NULL AND counts(v)
    ORDER BY v.effective_on DESC, latest(v)
    LIMIT 1
)
WHERE in_force(deadline, d) AND chosen_deadline(d.concession_id, d.agreement_id)
