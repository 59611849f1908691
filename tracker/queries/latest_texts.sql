-- The latest live text of each source that has any.
SELECT e.id, t.slug, e.effective_on, x.file_sha256, x.words_sha256, x.words, x.media, x.reader
FROM (SELECT DISTINCT o.thing_id FROM source_text AS o) AS s
JOIN entry AS e ON e.id = (
    SELECT v.id FROM entry AS v
    WHERE v.subject_id = s.thing_id AND v.concession_id IS NULL AND v.kind = 'text' AND counts(v)
    ORDER BY v.effective_on DESC, v.id DESC
    LIMIT 1
)
JOIN source_text AS x ON x.entry_id = e.id
JOIN thing AS t ON t.id = s.thing_id
