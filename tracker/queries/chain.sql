-- Every entry in the words of the chain, in its order.
SELECT
    e.id, e.kind, a.slug, c.slug, d.slug, e.effective_on, e.recorded_at, e.author, p.slug,
    e.stage, e.value, e.unit, e.counted_by, e.basis, e.flow, e.due_on, e.due_on_precision,
    e.outcome, s.key, e.note, e.retracts, e.batch, e.import_key, e.digest
FROM entry AS e
LEFT JOIN agreement AS a ON a.id = e.agreement_id
LEFT JOIN concession AS c ON c.id = e.concession_id
LEFT JOIN deadline AS d ON d.id = e.deadline_id
LEFT JOIN party AS p ON p.id = e.says_id
LEFT JOIN source AS s ON s.id = e.source_id
ORDER BY e.id
