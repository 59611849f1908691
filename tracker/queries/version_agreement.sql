-- The declarations of agreements between two entries, in the words of the chain.
SELECT v.entry_id, t.slug, v.title, v.place, v.agreed_on, v.agreed_on_precision, s.slug AS source
FROM agreement AS v
LEFT JOIN entry AS e ON e.id = v.entry_id AND e.subject_id = v.thing_id
LEFT JOIN thing AS t ON t.id = e.subject_id AND t.namespace = 'subject'
LEFT JOIN thing AS s ON s.id = v.source_id AND s.namespace = 'source'
WHERE v.entry_id BETWEEN :first AND :last
