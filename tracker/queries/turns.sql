-- How often each deadline was moved, closed or corrected since it was declared. Declarations and
-- retractions count whatever the day: they have none of their own.
SELECT t.slug, COUNT(*) - 1
FROM entry AS e
JOIN thing AS t ON t.id = e.subject_id
WHERE e.subject_id IN (SELECT thing_id FROM deadline) AND e.id <= :known
    AND (
        e.kind = 'declaration' OR e.kind = 'retraction'
        OR (e.kind = 'deadline' AND e.effective_on <= :as_of AND public(e))
    )
GROUP BY t.slug
