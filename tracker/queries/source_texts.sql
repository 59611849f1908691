-- The texts that were kept between two entries, in the words of the chain.
SELECT x.entry_id, t.slug, x.file_sha256, x.words_sha256, x.words, x.media, x.reader
FROM source_text AS x
LEFT JOIN entry AS e ON e.id = x.entry_id AND e.subject_id = x.thing_id
LEFT JOIN thing AS t ON t.id = e.subject_id AND t.namespace = 'source'
WHERE x.entry_id BETWEEN :first AND :last
