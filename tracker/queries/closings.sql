-- The latest live outcome of each deadline.
SELECT e.id, d.slug, e.outcome, e.effective_on, s.key
FROM deadline AS d
JOIN entry AS e ON e.id = (
    SELECT v.id FROM entry AS v
    WHERE v.deadline_id = d.id AND v.kind = 'deadline' AND v.outcome IS NOT NULL
        AND v.effective_on <= :as_of AND v.recorded_at <= :known_by
        AND NOT EXISTS (
            SELECT 1 FROM retracted AS r
            WHERE r.entry_id = v.id AND r.from_at <= :known_by
                AND (r.until_at IS NULL OR r.until_at > :known_by)
        )
    ORDER BY v.effective_on DESC, v.id DESC
    LIMIT 1
)
LEFT JOIN source AS s ON s.id = e.source_id
ORDER BY d.id
