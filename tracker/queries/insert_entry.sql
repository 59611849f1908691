INSERT INTO entry (
    id, batch, kind, subject_id, concession_id, effective_on, effective_on_precision, public_on,
    says_id, source_id, note, stage, value, unit, counted_by, basis, flow, due_on,
    due_on_precision, outcome, refers_to, key, nth, origin, digest
)
VALUES (
    :entry, :batch, :kind, :subject_id, :concession_id, :effective_on, :effective_on_precision,
    :public_on, :says_id, :source_id, :note, :stage, :value, :unit, :counted_by, :basis, :flow,
    :due_on, :due_on_precision, :outcome, :refers_to, :key, :nth, :origin, :digest
)
