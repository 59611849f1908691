-- Of two entries of one day, the later recorded counts: by moment and number in the book in which
-- it was recorded, then by what it says. One line per column; used only if books were merged.
COALESCE((SELECT COALESCE(b.origin_at, b.recorded_at) FROM batch AS b WHERE b.id = row.batch), '9999-12-31T23:59:59.999999Z')
COALESCE(row.origin, row.id)
row.key
