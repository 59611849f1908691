INSERT INTO concession (
    slug, agreement_id, title, giver_id, receiver_id, sector, kind, instrument, test, source_id,
    locator, recorded_at
)
VALUES (
    :slug, (SELECT id FROM agreement WHERE slug = :agreement), :title,
    (SELECT id FROM party WHERE slug = :giver), (SELECT id FROM party WHERE slug = :receiver),
    :sector, :kind, :instrument, :test, (SELECT id FROM source WHERE key = :source),
    :locator, :recorded_at
)
