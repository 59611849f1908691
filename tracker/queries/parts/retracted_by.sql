-- Which entry took this one of the view `journal` back, if one had by the moment.
SELECT MIN(r.retraction_id) FROM retracted AS r
WHERE r.entry_id = row.entry AND r.from_at <= :known_by
    AND (r.until_at IS NULL OR r.until_at > :known_by)
