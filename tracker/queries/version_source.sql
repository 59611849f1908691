-- The declarations of sources between two entries, in the words of the chain.
SELECT v.entry_id, t.slug, v.url, v.publisher, v.title, v.published_on, v.official, v.archived_url
FROM source AS v
LEFT JOIN entry AS e ON e.id = v.entry_id AND e.subject_id = v.thing_id
LEFT JOIN thing AS t ON t.id = e.subject_id AND t.namespace = 'source'
WHERE v.entry_id BETWEEN :first AND :last
