-- How many entries the journal holds.
SELECT COUNT(*) FROM entry
