SELECT e.key, e.nth FROM entry AS e WHERE e.id = :entry
