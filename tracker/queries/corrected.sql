-- What the retractions of these days took back, and what was written in its place.
SELECT
    e.id, e.kind, a.slug, c.slug, d.slug, e.effective_on, e.recorded_at, e.author, p.slug,
    e.stage, e.value, e.unit, e.counted_by, e.basis, e.flow, e.due_on, e.due_on_precision,
    e.outcome, s.key, e.note, e.retracts,
    (
        SELECT MIN(r.retraction_id) FROM retracted AS r
        WHERE r.entry_id = e.id AND r.from_at <= :known_by
            AND (r.until_at IS NULL OR r.until_at > :known_by)
    ),
    e.batch
FROM entry AS e
JOIN agreement AS a ON a.id = e.agreement_id
LEFT JOIN concession AS c ON c.id = e.concession_id
LEFT JOIN deadline AS d ON d.id = e.deadline_id
LEFT JOIN party AS p ON p.id = e.says_id
LEFT JOIN source AS s ON s.id = e.source_id
WHERE e.recorded_at <= :known_by AND e.id IN (
    SELECT o.retracts FROM entry AS o
    WHERE o.kind = 'retraction' AND o.effective_on >= :since AND o.effective_on <= :as_of
        AND o.recorded_at <= :known_by
    UNION
    SELECT n.id FROM entry AS o
    JOIN entry AS n ON n.id = o.id + 1 AND n.batch = o.batch AND n.kind <> 'retraction'
    WHERE o.kind = 'retraction' AND o.effective_on >= :since AND o.effective_on <= :as_of
        AND o.recorded_at <= :known_by
)
ORDER BY e.id
