-- A line of the journal in the order of `facts.Entry`, then how exactly its days are known; the
-- entry that retracted it by the number is one of its columns.
row.entry, row.kind, row.subject, row.agreement, row.concession, row.deadline, row.effective_on,
row.public_on, row.recorded_at, row.author, row.says, row.stage, row.value, row.unit,
row.counted_by, row.basis, row.flow, row.due_on, row.outcome, row.source, row.note, row.refers_to,
retracted_by(row.entry) AS retracted_by, row.batch, row.command,
row.effective_on_precision, row.due_on_precision
