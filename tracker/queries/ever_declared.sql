-- The slugs of agreements, concessions and deadlines that were ever declared.
SELECT DISTINCT t.slug
FROM thing AS t
WHERE t.namespace = 'subject' AND (
    EXISTS (SELECT 1 FROM agreement AS v WHERE v.thing_id = t.id)
    OR EXISTS (SELECT 1 FROM concession AS v WHERE v.thing_id = t.id)
    OR EXISTS (SELECT 1 FROM deadline AS v WHERE v.thing_id = t.id)
)
