-- Whether an entry counts: it had happened by the day, was recorded by the moment, and was not
-- taken back by then.
row.effective_on <= :as_of AND row.recorded_at <= :known_by
    AND NOT EXISTS (
        SELECT 1 FROM retracted AS r
        WHERE r.entry_id = row.id AND r.from_at <= :known_by
            AND (r.until_at IS NULL OR r.until_at > :known_by)
    )
