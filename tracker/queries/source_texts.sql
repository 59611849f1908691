-- The texts that were kept between two entries, in the words of the chain.
SELECT x.entry_id, x.file_sha256, x.words_sha256, x.words, x.media, x.reader
FROM source_text AS x
WHERE x.entry_id BETWEEN :first AND :last
