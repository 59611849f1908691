-- Whether an entry was retracted by the number, and that was not undone by then.
EXISTS (
    SELECT 1 FROM retracted AS r
    WHERE r.entry_id = row AND r.from_id <= :known
        AND (r.until_id IS NULL OR r.until_id > :known)
)
