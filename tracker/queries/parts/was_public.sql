-- Whether the entry with a number was public by the day, as `public` decides for a row.
EXISTS (SELECT 1 FROM entry AS o WHERE o.id = row AND public(o))
