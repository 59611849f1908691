-- Whether the entry of a number was public by the day, as `public` asks of a row.
EXISTS (SELECT 1 FROM entry AS o WHERE o.id = row AND public(o))
