INSERT INTO agreement (
    entry_id, entry_kind, thing_id, title, place, agreed_on, agreed_on_precision, source_id
)
VALUES (
    :entry_id, 'declaration', :thing_id, :title, :place, :agreed_on, :agreed_on_precision,
    :source_id
)
