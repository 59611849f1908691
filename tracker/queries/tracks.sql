-- Every live reading of some deadlines.
SELECT
    e.id, t.slug, e.counted_by, e.basis, e.value, e.unit, e.flow, e.effective_on, k.slug,
    made_public(e) AS public_on placed(e)
FROM entry AS e
JOIN thing AS t ON t.id = e.subject_id
LEFT JOIN thing AS k ON k.id = e.source_id
WHERE e.subject_id IN (:deadlines) AND e.kind = 'reading' AND counts(e)
ORDER BY e.effective_on, place(e)
