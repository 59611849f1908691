SELECT c.slug, r.slug
FROM exchange AS x
JOIN concession AS c ON c.id = x.concession_id
JOIN concession AS r ON r.id = x.in_return_for_id
WHERE c.recorded_at <= :known_by AND r.recorded_at <= :known_by
ORDER BY x.concession_id, x.in_return_for_id
