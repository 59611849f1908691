INSERT INTO deadline (
    entry_id, entry_kind, thing_id, agreement_id, concession_id, kind, label, opens_on, awaits,
    due_on, due_on_precision, target, unit, bound, base, source_id
)
VALUES (
    :entry_id, 'declaration', :thing_id, :agreement_id, :concession_id, :kind, :label, :opens_on,
    :awaits, :due_on, :due_on_precision, :target, :unit, :bound, :base, :source_id
)
