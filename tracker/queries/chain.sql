-- A span of entries in the words of the chain, in its order. The columns have names of their own,
-- so that days, moments and quantities stay the text that SQLite keeps.
SELECT
    e.id, e.kind, a.slug, c.slug, d.slug, e.effective_on AS effective,
    e.recorded_at AS recorded, e.author, p.slug, e.stage, e.value AS quantity, e.unit,
    e.counted_by, e.basis, e.flow AS is_flow, e.due_on AS due, e.outcome, s.key, e.note,
    e.retracts, e.batch, e.import_key, e.due_on_precision, e.digest
FROM entry AS e
LEFT JOIN agreement AS a ON a.id = e.agreement_id
LEFT JOIN concession AS c ON c.id = e.concession_id
LEFT JOIN deadline AS d ON d.id = e.deadline_id
LEFT JOIN party AS p ON p.id = e.says_id
LEFT JOIN source AS s ON s.id = e.source_id
WHERE e.id BETWEEN :first AND :last
ORDER BY e.id
