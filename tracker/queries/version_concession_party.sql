-- Who gives and who receives, in the declarations between two entries.
SELECT c.entry_id, c.role, p.slug
FROM concession_party AS c
LEFT JOIN thing AS p ON p.id = c.party_id AND p.namespace = 'party'
WHERE c.entry_id BETWEEN :first AND :last
ORDER BY c.entry_id, c.role, c.place
