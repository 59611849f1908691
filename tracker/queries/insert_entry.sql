INSERT INTO entry (
    id, kind, agreement_id, concession_id, deadline_id, effective_on, recorded_at, author,
    says_id, stage, value, unit, counted_by, basis, flow, due_on, due_on_precision, outcome,
    source_id, note, retracts, batch, import_key, digest
)
VALUES (
    :entry, :kind, :agreement_id, :concession_id, :deadline_id, :effective_on, :recorded_at,
    :author, :says_id, :stage, :value, :unit, :counted_by, :basis, :flow, :due_on,
    :due_on_precision, :outcome, :source_id, :note, :retracts, :batch, :import_key, :digest
)
