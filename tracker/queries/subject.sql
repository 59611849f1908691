-- What a slug names: an agreement, a concession or a deadline, with its owners; for a deadline,
-- also its kind and unit.
SELECT 'agreement', t.id, t.slug, t.id, CAST(NULL AS INTEGER), t.slug, CAST(NULL AS VARCHAR),
    CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR)
FROM thing AS t
JOIN agreement AS v ON v.thing_id = t.id AND in_force(agreement, v)
WHERE t.namespace = 'subject' AND t.slug = :slug
UNION ALL
SELECT 'concession', t.id, t.slug, v.agreement_id, t.id, a.slug, t.slug, NULL, NULL
FROM thing AS t
JOIN concession AS v ON v.thing_id = t.id AND in_force(concession, v)
JOIN thing AS a ON a.id = v.agreement_id
WHERE t.namespace = 'subject' AND t.slug = :slug
UNION ALL
SELECT 'deadline', t.id, t.slug, COALESCE(v.agreement_id, c.agreement_id), v.concession_id, a.slug,
    k.slug, v.kind, v.unit
FROM thing AS t
JOIN deadline AS v ON v.thing_id = t.id AND in_force(deadline, v)
LEFT JOIN concession AS c ON c.thing_id = v.concession_id AND in_force(concession, c)
JOIN thing AS a ON a.id = COALESCE(v.agreement_id, c.agreement_id)
LEFT JOIN thing AS k ON k.id = v.concession_id
WHERE t.namespace = 'subject' AND t.slug = :slug
