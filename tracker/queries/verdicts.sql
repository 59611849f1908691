-- The latest live verdict on each concession.
SELECT e.id, c.slug, NULL, e.stage, e.effective_on, s.key
FROM concession AS c
JOIN entry AS e ON e.id = (
    SELECT v.id FROM entry AS v
    WHERE v.concession_id = c.id AND v.kind = 'stage' AND v.says_id IS NULL
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
ORDER BY c.id
