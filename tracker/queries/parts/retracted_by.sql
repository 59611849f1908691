-- The entry that retracted this one by the number, if any.
SELECT MIN(r.from_id) FROM retracted AS r
WHERE r.entry_id = row AND r.from_id <= :known
    AND (r.until_id IS NULL OR r.until_id > :known)
