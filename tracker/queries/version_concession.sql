-- The declarations of concessions between two entries, in the words of the chain.
SELECT
    v.entry_id, t.slug, a.slug AS agreement, v.title, v.sector, v.kind, v.instrument, v.test,
    s.slug AS source, v.locator, v.quote, v.hold, v.promised_on, v.promised_on_precision
FROM concession AS v
LEFT JOIN entry AS e ON e.id = v.entry_id AND e.subject_id = v.thing_id
LEFT JOIN thing AS t ON t.id = e.subject_id AND t.namespace = 'subject'
LEFT JOIN thing AS a ON a.id = v.agreement_id AND a.namespace = 'subject'
LEFT JOIN thing AS s ON s.id = v.source_id AND s.namespace = 'source'
WHERE v.entry_id BETWEEN :first AND :last
