-- Every slug in force with what it names, for completion and "did you mean".
SELECT what, slug, title FROM (
    SELECT 1 AS place, 'agreement' AS what, v.thing_id, t.slug, v.title
    FROM agreement AS v JOIN thing AS t ON t.id = v.thing_id
    WHERE in_force(agreement, v)
    UNION ALL
    SELECT 2, 'concession', v.thing_id, t.slug, v.title
    FROM concession AS v JOIN thing AS t ON t.id = v.thing_id
    WHERE in_force(concession, v)
    UNION ALL
    SELECT 3, 'deadline', v.thing_id, t.slug, v.label
    FROM deadline AS v JOIN thing AS t ON t.id = v.thing_id
    WHERE in_force(deadline, v)
) AS named
ORDER BY place, thing_id
