-- Whether an entry is a verdict that counts: a stage that no party claims.
row.kind = 'stage' AND row.says_id IS NULL AND counts(row)
