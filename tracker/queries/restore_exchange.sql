INSERT INTO exchange (concession_id, in_return_for_id)
VALUES (
    (SELECT id FROM concession WHERE slug = :concession),
    (SELECT id FROM concession WHERE slug = :in_return_for)
)
