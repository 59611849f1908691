-- What was logged by hand between two moments, of days before; what takes an entry's place is told
-- with its correction.
SELECT j.*, retracted_by(j) AS retracted_by
FROM entry AS e
JOIN journal AS j ON j.entry = e.id
WHERE e.import_key IS NULL AND e.recorded_at >= :from_at AND e.recorded_at <= :until_at
    AND e.recorded_at <= :known_by AND e.effective_on < :before
    AND e.kind NOT IN ('check', 'retraction')
    AND NOT EXISTS (SELECT 1 FROM entry AS b WHERE b.id = e.batch AND b.kind = 'retraction')
ORDER BY j.effective_on, j.entry
