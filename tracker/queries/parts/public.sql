-- Whether an entry was public by the day; used only with a public clock.
made_public(row) <= :public_by
