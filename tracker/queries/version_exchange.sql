-- What concessions were given in return for, in the declarations between two entries.
SELECT x.entry_id, t.slug
FROM exchange AS x
LEFT JOIN thing AS t ON t.id = x.in_return_for_id AND t.namespace = 'subject'
WHERE x.entry_id BETWEEN :first AND :last
