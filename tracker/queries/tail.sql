-- The journal's last entry, which the next one follows.
SELECT id, digest, recorded_at FROM entry ORDER BY id DESC LIMIT 1
