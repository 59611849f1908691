-- Of two entries of one day the later recorded counts: the moment, then the number, in the book in
-- which it was recorded, and then what it says. A line for each; asked only where books were merged.
COALESCE((SELECT COALESCE(b.origin_at, b.recorded_at) FROM batch AS b WHERE b.id = row.batch), '9999-12-31T23:59:59.999999Z')
COALESCE(row.origin, row.id)
row.key
