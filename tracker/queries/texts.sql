-- The live texts of every source, by the day on which they were seen; those that were kept, not
-- corrected, with the moment of that.
SELECT e.id, t.slug, e.effective_on, COALESCE(b.origin_at, b.recorded_at) AS kept_at, b.utc_offset,
    x.file_sha256, x.words_sha256, x.words, x.media, x.reader
FROM source_text AS x
-- In this order, as SQLite would otherwise first look at every entry up to the day.
CROSS JOIN entry AS e
JOIN thing AS t ON t.id = x.thing_id
LEFT JOIN batch AS b ON b.id = e.batch AND b.command = 'keep'
WHERE e.id = x.entry_id AND counts(e)
ORDER BY x.thing_id, e.effective_on, e.id
