-- When each agreement was last heard of, whatever part of it.
SELECT
    a.slug,
    (
        SELECT v.effective_on FROM entry AS v
        WHERE v.agreement_id = a.id AND v.kind NOT IN ('check', 'retraction')
            AND v.effective_on <= :as_of AND v.recorded_at <= :known_by
            AND NOT EXISTS (
                SELECT 1 FROM retracted AS r
                WHERE r.entry_id = v.id AND r.from_at <= :known_by
                    AND (r.until_at IS NULL OR r.until_at > :known_by)
            )
        ORDER BY v.effective_on DESC, v.id DESC
        LIMIT 1
    ) AS word_on
FROM agreement AS a
ORDER BY a.id
