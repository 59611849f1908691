-- The thing of every deadline that was ever declared.
SELECT DISTINCT t.slug, t.id
FROM deadline AS v
JOIN thing AS t ON t.id = v.thing_id
