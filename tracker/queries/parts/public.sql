-- Whether an entry was public by the day; asked only where reports have a public clock.
made_public(row) <= :public_by
