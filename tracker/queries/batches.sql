-- The batches that begin in a span of entries, in order, and the one before.
SELECT
    b.id, b.command, b.author, b.recorded_at AS recorded, b.utc_offset, b.first_entry, b.origin,
    b.origin_at AS came, b.merged_by, b.seal
FROM batch AS b
WHERE b.first_entry >= COALESCE(
        (SELECT MAX(p.first_entry) FROM batch AS p WHERE p.first_entry < :first), :first)
    AND b.first_entry <= :last
ORDER BY b.first_entry
