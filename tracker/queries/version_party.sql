-- The declarations of parties between two entries, in the words of the chain.
SELECT v.entry_id, t.slug, v.name, v.short, b.slug AS part_of
FROM party AS v
LEFT JOIN entry AS e ON e.id = v.entry_id AND e.subject_id = v.thing_id
LEFT JOIN thing AS t ON t.id = e.subject_id AND t.namespace = 'party'
LEFT JOIN thing AS b ON b.id = v.part_of_id AND b.namespace = 'party'
WHERE v.entry_id BETWEEN :first AND :last
