INSERT INTO deadline (
    slug, agreement_id, concession_id, kind, label, opens_on, due_on, due_on_precision, target,
    unit, source_id, recorded_at
)
VALUES (
    :slug, (SELECT id FROM agreement WHERE slug = :agreement),
    (SELECT id FROM concession WHERE slug = :concession), :kind, :label, :opens_on, :due_on,
    :due_on_precision, :target, :unit, (SELECT id FROM source WHERE key = :source), :recorded_at
)
