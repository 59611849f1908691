-- Whether an entry was taken back by the number, and not given back by then.
EXISTS (
    SELECT 1 FROM retracted AS r
    WHERE r.entry_id = row AND r.from_id <= :known
        AND (r.until_id IS NULL OR r.until_id > :known)
)
