-- Every deadline with all that it holds, in the order of declaration.
SELECT
    d.slug, a.slug, c.slug, d.kind, d.label, d.opens_on, d.due_on, d.due_on_precision, d.target,
    d.unit, s.key, d.recorded_at
FROM deadline AS d
JOIN agreement AS a ON a.id = d.agreement_id
LEFT JOIN concession AS c ON c.id = d.concession_id
JOIN source AS s ON s.id = d.source_id
ORDER BY d.id
