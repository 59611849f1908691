-- The declarations of deadlines between two entries, in the words of the chain.
SELECT
    v.entry_id, t.slug, a.slug AS agreement, c.slug AS concession, v.kind, v.label, v.opens_on,
    v.awaits, v.due_on, v.due_on_precision, v.target, v.unit, v.bound, v.base, s.slug AS source
FROM deadline AS v
LEFT JOIN entry AS e ON e.id = v.entry_id AND e.subject_id = v.thing_id
LEFT JOIN thing AS t ON t.id = e.subject_id AND t.namespace = 'subject'
LEFT JOIN thing AS a ON a.id = v.agreement_id AND a.namespace = 'subject'
LEFT JOIN thing AS c ON c.id = v.concession_id AND c.namespace = 'subject'
LEFT JOIN thing AS s ON s.id = v.source_id AND s.namespace = 'source'
WHERE v.entry_id BETWEEN :first AND :last
