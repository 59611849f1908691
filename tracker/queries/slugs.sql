-- Every slug with what it names, for completion and "did you mean".
SELECT what, slug, title FROM (
    SELECT 1 AS place, 'agreement' AS what, id, slug, title FROM agreement
    UNION ALL
    SELECT 2, 'concession', id, slug, title FROM concession
    UNION ALL
    SELECT 3, 'deadline', id, slug, label FROM deadline
) AS named
ORDER BY place, id
