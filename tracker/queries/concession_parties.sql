-- The givers and receivers of each version of a concession that is in force.
SELECT c.entry_id, c.role, p.slug
FROM concession AS v
JOIN concession_party AS c ON c.entry_id = v.entry_id
JOIN thing AS p ON p.id = c.party_id
WHERE in_force(concession, v) AND chosen_concession(v.thing_id)
ORDER BY c.entry_id, c.role, c.place
