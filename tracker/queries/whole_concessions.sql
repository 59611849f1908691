-- Every concession with all that it holds, in the order of declaration.
SELECT
    c.slug, a.slug, c.title, g.slug, v.slug, c.sector, c.kind, c.instrument, c.test, s.key,
    c.locator, c.recorded_at
FROM concession AS c
JOIN agreement AS a ON a.id = c.agreement_id
JOIN party AS g ON g.id = c.giver_id
JOIN party AS v ON v.id = c.receiver_id
JOIN source AS s ON s.id = c.source_id
ORDER BY c.id
