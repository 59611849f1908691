-- The first entries of the batches whose seals lie within bounds, that is, share a prefix.
SELECT b.first_entry FROM batch AS b
WHERE b.seal >= :lowest AND b.seal <= :highest
ORDER BY b.id
LIMIT 2
