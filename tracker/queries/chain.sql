-- A span of entries in the words and the order of the chain. The columns are renamed, so that days
-- and quantities stay the text that SQLite stores. A slug is taken from the namespace of its
-- column, as things in other namespaces may have the same one.
SELECT
    e.id, e.batch, e.kind, t.slug, e.effective_on AS effective,
    e.public_on AS public, p.slug, s.slug, e.note, e.stage,
    e.value AS quantity, e.unit, e.counted_by, e.basis, e.flow AS is_flow, e.due_on AS due,
    e.outcome, e.refers_to, e.key, e.nth, e.origin, e.due_on_precision,
    e.effective_on_precision, c.slug, e.digest
FROM entry AS e
LEFT JOIN thing AS t ON t.id = e.subject_id
    AND (t.namespace = 'subject' OR e.kind IN ('declaration', 'citation', 'retraction')
        OR (t.namespace = 'source' AND e.kind = 'text'))
LEFT JOIN thing AS c ON c.id = e.concession_id AND c.namespace = 'subject'
LEFT JOIN thing AS p ON p.id = e.says_id AND p.namespace = 'party'
LEFT JOIN thing AS s ON s.id = e.source_id AND s.namespace = 'source'
WHERE e.id BETWEEN :first AND :last
ORDER BY e.id
