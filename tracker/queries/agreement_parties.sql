-- The parties of each agreement's concessions in force, on either side.
SELECT DISTINCT a.slug, p.slug
FROM concession AS v
JOIN concession_party AS c ON c.entry_id = v.entry_id
JOIN thing AS a ON a.id = v.agreement_id
JOIN thing AS p ON p.id = c.party_id
WHERE in_force(concession, v) AND chosen_agreement(v.agreement_id)
ORDER BY a.slug, p.slug
