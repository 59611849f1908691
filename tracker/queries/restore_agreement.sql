INSERT INTO agreement (slug, title, place, agreed_on, agreed_on_precision, source_id)
VALUES (
    :slug, :title, :place, :agreed_on, :agreed_on_precision,
    (SELECT id FROM source WHERE key = :source)
)
