-- The live texts of one source, by the day on which they were seen.
SELECT e.id, t.slug, e.effective_on, x.file_sha256, x.words_sha256, x.words, x.media, x.reader
FROM thing AS t
JOIN source_text AS x ON x.thing_id = t.id
JOIN entry AS e ON e.id = x.entry_id
WHERE t.namespace = 'source' AND t.slug = :key AND counts(e)
ORDER BY e.effective_on, e.id
