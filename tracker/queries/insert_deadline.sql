INSERT INTO deadline (
    entry_id, entry_kind, thing_id, agreement_id, concession_id, kind, label, opens_on, due_on,
    due_on_precision, target, unit, source_id
)
VALUES (
    :entry_id, 'declaration', :thing_id, :agreement_id, :concession_id, :kind, :label, :opens_on,
    :due_on, :due_on_precision, :target, :unit, :source_id
)
