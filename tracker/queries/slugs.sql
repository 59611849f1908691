-- Every slug with what it names, for completion and "did you mean".
SELECT 'agreement', slug, title FROM agreement
UNION ALL
SELECT 'concession', slug, title FROM concession
UNION ALL
SELECT 'deadline', slug, label FROM deadline
