SELECT a.slug, a.title, a.place, a.agreed_on, a.agreed_on_precision, s.key
FROM agreement AS a
JOIN source AS s ON s.id = a.source_id
ORDER BY a.id
