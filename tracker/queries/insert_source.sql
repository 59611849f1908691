INSERT INTO source (
    entry_id, entry_kind, thing_id, url, publisher, title, published_on, official, archived_url
)
VALUES (
    :entry_id, 'declaration', :thing_id, :url, :publisher, :title, :published_on, :official,
    :archived_url
)
