-- The keys of all entries.
SELECT key FROM entry
