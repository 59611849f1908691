-- The thing of every deadline that there ever was.
SELECT DISTINCT t.slug, t.id
FROM deadline AS v
JOIN thing AS t ON t.id = v.thing_id
