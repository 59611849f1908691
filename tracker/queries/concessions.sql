-- The concessions in force, in the order in which they were first declared.
SELECT
    t.slug, a.slug, v.title, v.sector, v.kind, v.instrument, v.test, s.slug, v.locator,
    v.promised_on, v.promised_on_precision, v.hold, v.quote, v.entry_id
FROM concession AS v
JOIN thing AS t ON t.id = v.thing_id
JOIN thing AS a ON a.id = v.agreement_id
JOIN thing AS s ON s.id = v.source_id
WHERE in_force(concession, v)
ORDER BY (SELECT MIN(w.entry_id) FROM concession AS w WHERE w.thing_id = v.thing_id)
