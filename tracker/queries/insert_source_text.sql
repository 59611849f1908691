INSERT INTO source_text (
    entry_id, entry_kind, thing_id, file_sha256, words_sha256, words, media, reader
)
VALUES (:entry_id, 'text', :thing_id, :file_hash, :words_hash, :words, :media, :reader)
