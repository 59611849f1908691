-- What a slug names: an agreement, a concession or a deadline, with the ids above it.
SELECT 'agreement', id, CAST(NULL AS INTEGER), CAST(NULL AS INTEGER), slug, NULL, NULL
FROM agreement WHERE slug = :slug
UNION ALL
SELECT 'concession', c.agreement_id, c.id, NULL, a.slug, c.slug, NULL
FROM concession AS c
JOIN agreement AS a ON a.id = c.agreement_id
WHERE c.slug = :slug
UNION ALL
SELECT 'deadline', d.agreement_id, d.concession_id, d.id, a.slug, c.slug, d.slug
FROM deadline AS d
JOIN agreement AS a ON a.id = d.agreement_id
LEFT JOIN concession AS c ON c.id = d.concession_id
WHERE d.slug = :slug
